import assert from 'node:assert/strict';
import { Lane, type LaneRequest } from '../../../src/engine/lane.ts';
import type { PromptPart } from '../../../src/rpc/engineProtocol.ts';
import { SegmentStore } from '../../../src/engine/segmentStore.ts';
import { type Script, ScriptedModel } from '../../support/scriptedBinding.ts';

interface Asked {
  readonly heal?: string;
  readonly maxTokens?: number;
  readonly stop?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onText?: (text: string, logProbability: number) => void;
}

/** A lane on a scripted model; `stable` is a segment, the rest of the prompt is text. */
function startLane(script: Script = {}) {
  const model = new ScriptedModel(script);
  const lane = new Lane(model);
  const segments = new SegmentStore(model);
  const request = (parts: readonly PromptPart[], asked: Asked): LaneRequest => ({
    prompt: segments.tokens(parts),
    heal: asked.heal ?? '',
    maxTokens: asked.maxTokens ?? 64,
    stop: new Set((asked.stop ?? []).map((text) => segments.special(text))),
    signal: asked.signal ?? new AbortController().signal,
    arrivedAtMs: performance.now(),
    onText: asked.onText ?? (() => undefined),
  });
  return {
    model,
    lane,
    sequence: model.sequence,
    ask: (text: string, asked: Asked = {}) => lane.complete(request([{ text }], asked)),
    askStable(stable: string, text: string, asked: Asked = {}) {
      segments.add({ id: stable, text: stable });
      return lane.complete(request([{ segment: stable }, { text }], asked));
    },
  };
}

/** Runs a request, aborts it in the middle of its first prefill chunk, and resolves with its reply. */
async function cancelInPrefill(
  { sequence }: ReturnType<typeof startLane>,
  ask: (signal: AbortSignal) => Promise<unknown>,
) {
  const abort = new AbortController();
  const gate = sequence.holdNext('prefill');
  const reply = ask(abort.signal);
  await gate.arrived;
  abort.abort();
  gate.release();
  return reply;
}

async function idle({ lane }: ReturnType<typeof startLane>): Promise<void> {
  while (lane.status('m').busy) await new Promise((resolve) => setImmediate(resolve));
}

const evaluated = (calls: readonly string[]): number =>
  calls.reduce((sum, call) => sum + (call.startsWith('truncate') ? 0 : Number(call.split(' ')[1])), 0);

describe('Lane', () => {
  const CODE = { continuations: { 'f(': 'x);', 'g(': 'y);' } };

  it('completes', async () => {
    const { ask } = startLane(CODE);
    const pieces: string[] = [];
    const reply = await ask('f(', { onText: (text) => pieces.push(text) });
    assert.equal(reply.text, 'x);');
    assert.equal(reply.finish, 'stop');
    assert.equal(reply.generatedTokens, 3);
    assert.equal(reply.promptTokens, 2);
    assert.deepEqual(pieces, ['x', ')', ';']);
  });

  describe('says with each piece of text how likely it was', () => {
    const rows: readonly [what: string, prompt: string, heal: string, script: Script, told: string[]][] = [
      [
        'token by token',
        'f(',
        '',
        { ...CODE, probabilities: { x: 0.5, ')': 0.25 } },
        ['x 0.50', ') 0.25', '; 1.00'],
      ],
      [
        'halves of a character together',
        'a',
        '',
        { continuations: { a: 'é' }, probabilities: { '\xc3': 0.5, '\xa9': 0.5 } },
        ['é 0.25'],
      ],
      [
        'of what completes a word, given its beginning',
        '    ',
        'ret',
        {
          words: ['    ', 'return', 'ret'],
          continuations: { '    ': 'return a' },
          probabilities: { return: 0.3, ret: 0.1, r: 0 },
        },
        ['urn 0.75', '  1.00', 'a 1.00'],
      ],
    ];
    for (const [what, prompt, heal, script, told] of rows) {
      it(what, async () => {
        const heard: string[] = [];
        await startLane(script).ask(prompt, {
          heal,
          onText: (text, logProbability) => heard.push(`${text} ${Math.exp(logProbability).toFixed(2)}`),
        });
        assert.deepEqual(heard, told);
      });
    }
  });

  describe('reuses exactly the common prefix, and evaluates at least one token', () => {
    const pictures: readonly [before: string, after: string, reused: number][] = [
      ['abcdef', 'abcdefgh', 6],
      ['abcdef', 'abcxyz', 3],
      ['abcdef', 'xbcdef', 0],
      ['abcdef', 'abcdef', 5],
      ['abcdef', 'abc', 2],
      ['abcdef', 'a', 0],
    ];
    for (const [before, after, reused] of pictures) {
      it(`${before} then ${after}: ${reused}`, async () => {
        const { ask, sequence } = startLane();
        await ask(before);
        sequence.calls.length = 0;
        const reply = await ask(after);
        assert.equal(reply.reusedTokens, reused);
        assert.equal(reply.evaluatedTokens, after.length - reused);
        assert.equal(evaluated(sequence.calls), after.length - reused);
        assert.equal(sequence.length, after.length);
      });
    }

    it('what was generated counts too: accepting a suggestion costs its last token alone', async () => {
      const { ask } = startLane(CODE);
      await ask('f(');
      assert.equal((await ask('f(x);')).reusedTokens, 'f(x);'.length - 1);
    });
  });

  it('evaluates the last chunk together with the first token', async () => {
    const { ask, sequence } = startLane({ continuations: { ab: 'c' } });
    await ask('ab');
    assert.deepEqual(sequence.calls, ['generate 2', 'generate 1']);
  });

  it('evaluates a long prompt in chunks, each token once', async () => {
    const { ask, sequence } = startLane();
    const reply = await ask('x'.repeat(1000));
    assert.equal(sequence.calls[0], 'prefill 16');
    assert.match(sequence.calls.at(-1) ?? '', /^generate /);
    assert.equal(evaluated(sequence.calls), 1000);
    assert.equal(reply.evaluatedTokens, 1000);
  });

  it('looks at 64 tokens again rather than evaluating an awkward number', async () => {
    const { ask } = startLane({ prefersChunksOf64: true });
    await ask('x'.repeat(100));
    assert.equal((await ask('x'.repeat(100) + 'y'.repeat(40))).reusedTokens, 140 - 64);
    assert.equal((await ask('x'.repeat(100) + 'y'.repeat(40) + 'z'.repeat(20))).reusedTokens, 140);
  });

  describe('warms up a prompt', () => {
    const tokens = (model: ScriptedModel, text: string) => model.tokenize(text);
    const NEVER = new AbortController().signal;

    it('all but its last token, so that the next request evaluates what is new alone', async () => {
      const { ask, lane, model } = startLane();
      const reply = await lane.warmUpPrompt(tokens(model, 'x'.repeat(200)), Infinity, NEVER);
      assert.deepEqual(reply, { promptTokens: 200, cachedTokens: 199, evaluatedTokens: 199 });
      assert.equal((await ask('x'.repeat(200) + 'y')).evaluatedTokens, 2);
    });

    it('and keeps what follows it in the cache', async () => {
      const { ask, lane, model, sequence } = startLane();
      await ask('x'.repeat(100));
      await lane.warmUpPrompt(tokens(model, 'x'.repeat(50)), Infinity, NEVER);
      assert.equal(sequence.length, 100);
    });

    it('until its budget is spent', async () => {
      const { lane, model } = startLane();
      const { cachedTokens } = await lane.warmUpPrompt(tokens(model, 'x'.repeat(200)), 0, NEVER);
      assert.equal(cachedTokens, 0);
    });

    it('until somebody asks for something', async () => {
      const { ask, lane, model, sequence } = startLane();
      const gate = sequence.holdNext('prefill');
      const warmUp = lane.warmUpPrompt(tokens(model, 'x'.repeat(200)), Infinity, NEVER);
      await gate.arrived;
      const asked = ask('xy');
      gate.release();
      assert.equal((await warmUp).cachedTokens, 16);
      assert.equal((await asked).promptTokens, 2);
    });

    it('not while a request runs', async () => {
      const { ask, lane, model, sequence } = startLane();
      const gate = sequence.holdNext('prefill');
      const asked = ask('x'.repeat(200));
      await gate.arrived;
      const { evaluatedTokens } = await lane.warmUpPrompt(tokens(model, 'y'.repeat(200)), Infinity, NEVER);
      assert.equal(evaluatedTokens, 0);
      gate.release();
      await asked;
    });
  });

  describe('ends', () => {
    it('at the length asked for', async () => {
      const reply = await startLane(CODE).ask('f(', { maxTokens: 2 });
      assert.deepEqual([reply.text, reply.finish, reply.generatedTokens], ['x)', 'length', 2]);
    });

    it('at a stop token', async () => {
      const { ask } = startLane({ specials: ['<stop>', '<other>'], continuations: { a: 'b<stop>c' } });
      const reply = await ask('a', { stop: ['<other>', '<stop>'] });
      assert.deepEqual([reply.text, reply.finish], ['b', 'stop']);
    });

    it('with nothing where the prompt is empty', async () => {
      const reply = await startLane().ask('');
      assert.deepEqual([reply.text, reply.finish, reply.promptTokens], ['', 'stop', 0]);
    });

    it('without half a character', async () => {
      const reply = await startLane({ continuations: { a: 'b€' } }).ask('a', { maxTokens: 2 });
      assert.equal(reply.text, 'b');
    });
  });

  describe('refuses a prompt that leaves no room', () => {
    const limit = 200 - 64 - 16;

    it('with the numbers', async () => {
      const { ask, sequence } = startLane({ contextTokens: 200 });
      await assert.rejects(ask('x'.repeat(limit + 1)), {
        kind: 'prompt-too-long',
        details: { promptTokens: limit + 1, limitTokens: limit },
      });
      assert.deepEqual(sequence.calls, []);
    });

    it('and takes the longest that fits, generating to the end', async () => {
      const { ask } = startLane({ contextTokens: 200, continuations: { x: 'y'.repeat(500) } });
      const reply = await ask('x'.repeat(limit), { heal: 'yy' });
      assert.equal(reply.finish, 'length');
    });
  });

  describe('cancelled', () => {
    it('in its prefill: after the chunk in flight', async () => {
      const lane = startLane();
      const reply = await cancelInPrefill(lane, (signal) => lane.ask('x'.repeat(1000), { signal }));
      assert.deepEqual(reply, {
        ...(reply as object),
        finish: 'cancelled',
        text: '',
        evaluatedTokens: 16,
      });
      assert.deepEqual(lane.sequence.calls, ['prefill 16']);
      assert.equal((await lane.ask('x'.repeat(1000))).reusedTokens, 16);
    });

    it('before its turn: without any work', async () => {
      const lane = startLane(CODE);
      const gate = lane.sequence.holdNext('generate');
      const first = lane.ask('f(');
      const abort = new AbortController();
      const second = lane.ask('g(', { signal: abort.signal });
      await gate.arrived;
      abort.abort();
      gate.release();
      assert.equal((await first).text, 'x);');
      const calls = lane.sequence.calls.length;
      assert.equal((await second).finish, 'cancelled');
      assert.equal(lane.sequence.calls.length, calls);
    });

    it('while it heals', async () => {
      const lane = startLane({ words: ['ret', 'return'], continuations: { 'a ': 'return x' } });
      const abort = new AbortController();
      const gate = lane.sequence.holdNext('candidates');
      const reply = lane.ask('a ', { heal: 'ret', signal: abort.signal });
      await gate.arrived;
      abort.abort();
      gate.release();
      assert.equal((await reply).finish, 'cancelled');
    });

    it('while it generates: with the text there is', async () => {
      const lane = startLane(CODE);
      const abort = new AbortController();
      const reply = await lane.ask('f(', { signal: abort.signal, onText: () => abort.abort() });
      assert.deepEqual([reply.text, reply.finish], ['x', 'cancelled']);
      assert.equal((await lane.ask('g(')).text, 'y);');
    });
  });

  describe('the stable part of a cancelled prompt', () => {
    const STABLE = 's'.repeat(600);

    it('is evaluated all the same', async () => {
      const lane = startLane();
      await cancelInPrefill(lane, (signal) => lane.askStable(STABLE, 'tail', { signal }));
      await idle(lane);
      assert.equal(lane.sequence.length, 600);
      assert.equal((await lane.askStable(STABLE, 'other')).reusedTokens, 600);
    });

    it('gives way to the next request, which goes on where it stopped', async () => {
      const lane = startLane();
      await cancelInPrefill(lane, (signal) => lane.askStable(STABLE, 'tail', { signal }));
      const { reusedTokens, evaluatedTokens } = await lane.askStable(STABLE, 'other');
      assert.equal(evaluated(lane.sequence.calls), 605);
      assert.equal(reusedTokens + evaluatedTokens, 605);
      assert.ok(reusedTokens < 600, 'the next request did not wait for the whole stable part');
    });

    it('is not evaluated where the cache holds another prompt', async () => {
      const lane = startLane();
      await lane.ask('kept');
      const abort = new AbortController();
      abort.abort();
      await lane.askStable(STABLE, 'tail', { signal: abort.signal });
      await idle(lane);
      assert.equal((await lane.ask('kept')).reusedTokens, 3);
    });

    it('is given up where the engine fails at it', async () => {
      const lane = startLane(CODE);
      const abort = new AbortController();
      const gate = lane.sequence.holdNext('prefill');
      const reply = lane.askStable(STABLE, 'tail', { signal: abort.signal });
      await gate.arrived;
      abort.abort();
      gate.release();
      await reply;
      lane.sequence.failNext('prefill', new Error('native'));
      await idle(lane);
      assert.equal(lane.sequence.length, 0);
      assert.equal((await lane.ask('f(')).text, 'x);');
    });
  });

  for (const call of ['truncate', 'prefill', 'candidates', 'generate'] as const) {
    it(`forgets its cache when ${call} fails, and goes on`, async () => {
      const { ask, sequence } = startLane({ ...CODE, words: ['zz'] });
      await ask('kept prompt');
      sequence.failNext(call, new Error('native'));
      await assert.rejects(ask(`kept another ${'x'.repeat(100)}`, { heal: 'zz' }), /native/);
      assert.equal(sequence.length, 0);
      const reply = await ask('f(');
      assert.deepEqual([reply.text, reply.reusedTokens], ['x);', 0]);
    });
  }

  describe('heals', () => {
    const words = ['    ', 'ret', 'return', 're', 'turn'];
    const continuations = { '    ': 'return a;' };
    const pictures: readonly [what: string, heal: string, script: Script, text: string][] = [
      ['a word cut in two', 'ret', { words, continuations }, 'urn a;'],
      [
        'a word cut in two, spelled by two tokens',
        'ret',
        { words: ['    ', 'ret', 're', 'turn'], continuations },
        'urn a;',
      ],
      ['a whole word', 'return', { words, continuations }, ' a;'],
      [
        'what the model would not write: as typed',
        'zz',
        { words: ['    ', 'zz'], continuations: { ...continuations, zz: 'top' } },
        'top',
      ],
      ['a character of several tokens: as typed', 'é', { words, continuations: { é: 'a' } }, 'a'],
    ];
    for (const [what, heal, script, text] of pictures) {
      it(`${what}: ${heal}|${text}`, async () => {
        const pieces: string[] = [];
        const reply = await startLane(script).ask('    ', {
          heal,
          onText: (piece) => pieces.push(piece),
        });
        assert.equal(reply.text, text);
        assert.equal(pieces.join(''), text);
      });
    }

    it('behind a marker', async () => {
      const model = new ScriptedModel({
        words: ['return'],
        specials: ['<mid>'],
        continuations: { 'a<mid>': 'return b' },
      });
      const segments = new SegmentStore(model);
      const reply = await new Lane(model).complete({
        prompt: segments.tokens([{ text: 'a' }, { special: '<mid>' }]),
        heal: 'ret',
        maxTokens: 8,
        stop: new Set(),
        signal: new AbortController().signal,
        arrivedAtMs: 0,
        onText: () => undefined,
      });
      assert.equal(reply.text, 'urn b');
    });
  });

  describe('closed', () => {
    it('ends what runs and what waits, and resolves after the call in flight', async () => {
      const { ask, lane, sequence } = startLane(CODE);
      const gate = sequence.holdNext('prefill');
      const running = assert.rejects(ask('x'.repeat(1000)), { kind: 'model-not-loaded' });
      const waiting = assert.rejects(ask('f('), { kind: 'model-not-loaded' });
      await gate.arrived;
      let closed = false;
      const closing = lane.close().then(() => (closed = true));
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(closed, false);
      gate.release();
      await Promise.all([running, waiting, closing]);
      assert.equal(evaluated(sequence.calls), 16);
    });

    it('ends the work on a stable part', async () => {
      const lane = startLane();
      await cancelInPrefill(lane, (signal) => lane.askStable('s'.repeat(3000), 'tail', { signal }));
      await lane.lane.close();
      assert.ok(lane.sequence.length < 3000);
    });
  });

  it('reports its state', async () => {
    const { ask, lane } = startLane(CODE);
    await lane.warmUp();
    assert.deepEqual(
      { ...lane.status('m'), prefillSpeed: 0, chunkTokens: 0 },
      { model: 'm', contextTokens: 4096, cachedTokens: 0, busy: false, prefillSpeed: 0, chunkTokens: 0 },
    );
    await ask('f(');
    const status = lane.status('m');
    assert.equal(status.cachedTokens, 5);
    assert.ok((status.prefillSpeed ?? 0) > 0 && (status.decodeSpeed ?? 0) > 0);
    assert.ok(Number.isFinite(status.decodeSpeed));
  });
});
