import assert from 'node:assert/strict';
import { ChatLane, type ChatLaneRequest } from '../../../../src/engine/chat/chatLane.ts';
import { Lane } from '../../../../src/engine/lane.ts';
import { Turns } from '../../../../src/engine/turns.ts';
import { type Script, ScriptedModel } from '../../../support/scriptedBinding.ts';
import { settle } from '../../../support/until.ts';

const never = new AbortController().signal;

/** Both lanes of one scripted model. */
async function start(script: Script = {}) {
  const model = new ScriptedModel(script);
  const turns = new Turns();
  const lane = new Lane(model, turns);
  const sequence = await model.openSequence();
  const chat = new ChatLane(model, sequence, turns);
  const heard: string[] = [];
  return {
    ...{ model, lane, chat, sequence, heard },
    ask: (text: string, more: Partial<ChatLaneRequest> = {}) =>
      chat.answer({
        ...{ tokens: model.tokenize(text), lead: '', stops: [], maxTokens: 64, signal: never },
        arrivedAtMs: performance.now(),
        onText: (piece) => heard.push(piece),
        ...more,
      }),
    complete: (text: string) =>
      lane.complete({
        prompt: { tokens: model.tokenize(text), stableLength: 0, partLengths: [] },
        ...{ heal: '', maxTokens: 64, stop: new Set(), signal: never, arrivedAtMs: performance.now() },
        onText: () => undefined,
      }),
  };
}

describe('ChatLane', () => {
  const CODE = { continuations: { 'Q:': 'abcdef', 'f(': 'x);' } };

  it('answers, piece by piece', async () => {
    const { ask, heard } = await start(CODE);
    const { timings, ...reply } = await ask('Q:');
    assert.deepEqual(heard, ['a', 'b', 'c', 'd', 'e', 'f']);
    assert.deepEqual(reply, {
      ...{ finish: 'stop', promptTokens: 2, reusedTokens: 0, evaluatedTokens: 2, generatedTokens: 6 },
    });
    assert.ok(timings.firstTokenMs !== null && timings.totalMs >= timings.firstTokenMs);
  });

  it('keeps what two prompts share, the answer between them too', async () => {
    const { ask } = await start(CODE);
    await ask('Q:');
    const { promptTokens, reusedTokens, evaluatedTokens } = await ask('Q:abcdef more');
    assert.deepEqual([promptTokens, reusedTokens, evaluatedTokens], [13, 8, 5]);
  });

  describe('ends', () => {
    const rows: readonly [what: string, more: Partial<ChatLaneRequest>, text: string, finish: string][] = [
      ['where the model does', {}, 'abcdef', 'stop'],
      ['after the tokens it was given', { maxTokens: 3 }, 'abc', 'length'],
      ['before a stop text', { stops: ['de'] }, 'abc', 'stop'],
      ['with what only began like one', { stops: ['fg'] }, 'abcdef', 'stop'],
      ['with what only began like one, cut', { stops: ['cX'], maxTokens: 3 }, 'abc', 'length'],
    ];
    for (const [what, more, text, finish] of rows) {
      it(what, async () => {
        const { ask, heard } = await start(CODE);
        assert.deepEqual([(await ask('Q:', more)).finish, heard.join('')], [finish, text]);
      });
    }

    it('with the window, and never drops its beginning', async () => {
      const { ask, heard, sequence } = await start({
        contextTokens: 24,
        continuations: { 'Q:': 'x'.repeat(99) },
      });
      const { finish, generatedTokens } = await ask(`${'p'.repeat(6)}Q:`);
      assert.deepEqual([finish, generatedTokens, heard.join('')], ['length', 16, 'x'.repeat(16)]);
      assert.ok(sequence.length <= 24);
    });
  });

  it('refuses a prompt that leaves no room for an answer, with the numbers', async () => {
    const { ask, sequence } = await start({ contextTokens: 24 });
    await assert.rejects(ask('p'.repeat(9)), {
      kind: 'prompt-too-long',
      details: { promptTokens: 9, limitTokens: 8 },
    });
    assert.deepEqual(sequence.calls, []);
  });

  describe('leaves out the form’s lead', () => {
    const rows: readonly [lead: string, written: string, heard: string][] = [
      [' ', ' ab', 'ab'],
      [' ', 'ab', 'ab'],
      [' ', '    ab', '   ab'],
      ['\n\n', '\n\nab', 'ab'],
      ['', ' ab', ' ab'],
    ];
    for (const [lead, written, text] of rows) {
      it(JSON.stringify([lead, written, text]), async () => {
        const { ask, heard } = await start({ continuations: { 'Q:': written } });
        await ask('Q:', { lead });
        assert.equal(heard.join(''), text);
      });
    }
  });

  describe('gives way to a completion', () => {
    it('between two tokens, and goes on with its cache as it was', async () => {
      const { ask, complete, sequence, heard, model } = await start(CODE);
      const gate = sequence.holdNext('generate');
      const answer = ask('Q:');
      await gate.arrived;
      const completion = complete('f(');
      gate.release();
      assert.equal((await completion).text, 'x);');
      assert.ok(heard.length < 6, 'the chat was not waited for');
      const { finish } = await answer;
      assert.deepEqual([finish, heard.join('')], ['stop', 'abcdef']);
      assert.deepEqual(model.calls.slice(0, 6), [
        'chat generate 2',
        ...['generate 2', 'generate 1', 'generate 1', 'generate 1'],
        'chat generate 1',
      ]);
      assert.deepEqual(
        sequence.calls.filter((call) => call.startsWith('truncate')),
        [],
      );
    });

    it('between two chunks of its prefill', async () => {
      const { ask, complete, sequence, heard, model } = await start(CODE);
      const gate = sequence.holdNext('prefill');
      const answer = ask(`${'p'.repeat(900)}Q:`);
      await gate.arrived;
      const completion = complete('f(');
      gate.release();
      await completion;
      assert.equal(heard.length, 0);
      assert.equal(sequence.calls.length, 1, 'it waited for one chunk');
      assert.equal((await answer).evaluatedTokens, 902);
      assert.equal(heard.join(''), 'abcdef');
      assert.match(model.calls[0] ?? '', /^chat prefill/);
      assert.match(model.calls[1] ?? '', /^generate/);
    });

    it('to several, one after another', async () => {
      const { ask, complete, sequence, heard } = await start(CODE);
      const gate = sequence.holdNext('generate');
      const answer = ask('Q:');
      await gate.arrived;
      const completions = Promise.all([complete('f('), complete('ff('), complete('fff(')]);
      gate.release();
      await completions;
      assert.equal(heard.length, 1);
      await answer;
      assert.equal(heard.join(''), 'abcdef');
    });
  });

  it('goes before work ahead of time, which ends after its chunk', async () => {
    const { ask, lane, model, heard } = await start(CODE);
    const gate = model.sequence.holdNext('prefill');
    const warmUp = lane.warmUpPrompt(model.tokenize('w'.repeat(900)), Infinity, never);
    await gate.arrived;
    const answer = ask('Q:');
    gate.release();
    await answer;
    assert.equal(heard.join(''), 'abcdef');
    assert.ok((await warmUp).evaluatedTokens < 900);
    assert.equal(model.sequence.calls.length, 1);
  });

  it('holds back work ahead of time for all of its answer', async () => {
    const { ask, lane, model, sequence } = await start(CODE);
    const gate = sequence.holdNext('generate');
    const answer = ask('Q:');
    await gate.arrived;
    assert.equal((await lane.warmUpPrompt(model.tokenize('wwww'), Infinity, never)).evaluatedTokens, 0);
    gate.release();
    await answer;
  });

  it('answers one conversation after another', async () => {
    const { ask, heard } = await start({ continuations: { 'Q:': 'abc', 'R:': 'xyz' } });
    await Promise.all([ask('Q:'), ask('R:')]);
    assert.equal(heard.join(''), 'abcxyz');
  });

  describe('cancelled', () => {
    it('in its prefill: the cache keeps what was evaluated', async () => {
      const { ask, sequence } = await start(CODE);
      const gate = sequence.holdNext('prefill');
      const abort = new AbortController();
      const prompt = `${'p'.repeat(900)}Q:`;
      const answer = ask(prompt, { signal: abort.signal });
      await gate.arrived;
      abort.abort();
      gate.release();
      const { finish, evaluatedTokens } = await answer;
      assert.deepEqual([finish, sequence.length], ['cancelled', evaluatedTokens]);
      assert.equal((await ask(prompt)).reusedTokens, evaluatedTokens);
    });

    it('while it writes', async () => {
      const abort = new AbortController();
      const { ask, heard } = await start(CODE);
      const stopAtC = (piece: string): void => {
        heard.push(piece);
        if (piece === 'c') abort.abort();
      };
      assert.equal((await ask('Q:', { signal: abort.signal, onText: stopAtC })).finish, 'cancelled');
      assert.equal(heard.join(''), 'abc');
    });

    it('before its turn: does nothing', async () => {
      const { ask, sequence } = await start(CODE);
      assert.equal((await ask('Q:', { signal: AbortSignal.abort() })).finish, 'cancelled');
      assert.deepEqual(sequence.calls, []);
    });
  });

  it('writes what it is told to choose, and keeps that', async () => {
    const { ask, sequence, heard } = await start({
      continuations: { 'Q:': 'abc', 'Q:x': 'yz' },
      probabilities: { x: 0.2 },
    });
    let choices = 0;
    await ask('Q:', { choose: (likeliest) => [...likeliest][choices++ === 0 ? 1 : 0] });
    assert.equal(heard.join(''), 'xyz');
    assert.equal(sequence.tokens.length, 'Q:xyz'.length);
  });

  it('forgets its cache where a call fails, and the next answer is right', async () => {
    const { ask, sequence, heard } = await start(CODE);
    await ask('Q:');
    sequence.failNext('generate', new Error('native'));
    await assert.rejects(ask('Q:abcdef more'), /native/);
    assert.equal(sequence.length, 0);
    heard.length = 0;
    await ask('Q:');
    assert.equal(heard.join(''), 'abcdef');
  });

  it('closed: ends what writes and what waits', async () => {
    const { ask, chat, sequence } = await start(CODE);
    const gate = sequence.holdNext('generate');
    const ended = [ask('Q:'), ask('Q:')].map((answer) =>
      assert.rejects(answer, { kind: 'model-not-loaded' }),
    );
    await gate.arrived;
    let closed = false;
    const closing = chat.close().then(() => (closed = true));
    await settle(5);
    assert.equal(closed, false);
    gate.release();
    await Promise.all([...ended, closing]);
  });
});
