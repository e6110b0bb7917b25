import assert from 'node:assert/strict';
import { ChatInterrupted, type ChatRequest, type ChatTurn } from '../../../src/core/ports/chatModel.ts';
import { ModelUnavailable } from '../../../src/core/ports/model.ts';
import type { EngineConfig } from '../../../src/host/engineHost.ts';
import { LocalChatModel } from '../../../src/host/localChatModel.ts';
import { EngineError } from '../../../src/rpc/engineError.ts';
import type { Script } from '../../support/scriptedBinding.ts';
import { ScriptedEngines } from '../../support/scriptedEngine.ts';
import { settle, until } from '../../support/until.ts';

const CONFIG: EngineConfig = { modelPath: '/models/a.gguf', contextTokens: 1024, threads: 1, gpu: 'off' };

const CODE: Script = {
  specials: ['<role>'],
  chatTemplate:
    '{% for m in messages %}<role>{{ m.role }}\n{{ m.content }}{{ eos_token }}{% endfor %}' +
    '{% if add_generation_prompt %}<role>assistant\n{% endif %}',
  continuations: { 'Why?<end><role>assistant\n': 'abc' },
};

const WHY: ChatTurn[] = [{ role: 'user', text: 'Why?' }];
const never = new AbortController().signal;

function start(script: Script = CODE) {
  const engines = new ScriptedEngines(script);
  const chat = new LocalChatModel(engines.host);
  const heard: string[] = [];
  const ask = (more: Partial<ChatRequest> = {}) =>
    chat.answer({
      ...{ turns: WHY, maxTokens: 64, signal: never },
      onText: (piece) => heard.push(piece),
      ...more,
    });
  const stop = () => {
    chat.dispose();
    engines.host.dispose();
  };
  return { engines, host: engines.host, chat, heard, ask, stop };
}

async function startReady(script: Script = CODE) {
  const started = start(script);
  started.host.configure(CONFIG);
  await until(() => started.host.state.kind === 'ready');
  return started;
}

/** The conversation's sequence is there from the second question on. */
async function startTalked(script: Script = CODE) {
  const started = await startReady(script);
  await started.ask({ turns: [{ role: 'user', text: 'x' }] });
  started.heard.length = 0;
  const sequence = started.engines.newest.model.chatSequence;
  assert.ok(sequence);
  return { ...started, sequence };
}

describe('LocalChatModel', () => {
  it('waits for the model, answers, and knows its window from then on', async () => {
    const { ask, chat, host, heard, stop } = start();
    assert.equal(chat.contextTokens, 0);
    host.configure(CONFIG);
    const { firstTokenMs, totalMs, ...answer } = await ask();
    assert.equal(heard.join(''), 'abc');
    assert.deepEqual(answer, { finish: 'stop', promptTokens: 22, reusedTokens: 0, generatedTokens: 3 });
    assert.ok(firstTokenMs !== null && totalMs >= firstTokenMs);
    assert.equal(chat.contextTokens, 1024);
    assert.equal(await chat.countTokens(WHY, never), answer.promptTokens);
    stop();
  });

  it('wakes an engine that sleeps, and keeps it awake', async () => {
    const { ask, host, engines, heard, stop } = await startReady();
    host.sleepAfter(0);
    await until(() => host.state.kind === 'asleep' && engines.running === 0);
    engines.prepare = () => host.sleepAfter(undefined);
    await ask();
    assert.deepEqual([heard.join(''), engines.processes.length], ['abc', 2]);
    stop();
  });

  it('says where the model was not taught to talk', async () => {
    const { ask, stop } = await startReady({});
    assert.equal((await ask()).isUntaught, true);
    stop();
  });

  it('asks DeepSeek-Coder-V2 in its own form, whatever the file’s template', async () => {
    const END = '<｜end▁of▁sentence｜>';
    const { ask, heard, engines, stop } = await startReady({
      ...{ architecture: 'deepseek2', specials: [END], chatTemplate: 'no' },
      continuations: { 'User: Why?\n\nAssistant:': ' Because.' },
    });
    const turns: ChatTurn[] = [{ role: 'user', text: 'Well?' }, { role: 'assistant', text: 'Hm.' }, ...WHY];
    const { isUntaught } = await ask({ turns });
    assert.deepEqual([heard.join(''), isUntaught], ['Because.', undefined]);
    const { model } = engines.newest;
    const text = 'User: Well?\n\nAssistant: Hm.';
    assert.equal(model.chatSequence?.tokens[model.tokenize(text).length], model.specialToken(END));
    stop();
  });

  it('of a conversation that fills the window gives nothing, cut off', async () => {
    const { ask, heard, stop } = await startReady();
    const { finish, promptTokens, generatedTokens } = await ask({
      turns: [{ role: 'user', text: 'x'.repeat(2000) }],
    });
    assert.deepEqual([finish, generatedTokens, heard.length], ['length', 0, 0]);
    assert.ok(promptTokens > 2000);
    stop();
  });

  describe('throws ModelUnavailable with the problem', () => {
    it('where no model is configured', async () => {
      const { ask, chat } = start();
      await assert.rejects(ask(), (error) => error instanceof ModelUnavailable);
      await assert.rejects(chat.countTokens(WHY, never), (error) => error instanceof ModelUnavailable);
    });

    it('where a conversation finds no memory', async () => {
      const { ask, engines, stop } = await startReady();
      engines.newest.model.failNextOpen(new EngineError('not-enough-memory', 'Too large.'));
      await assert.rejects(
        ask(),
        (error) => error instanceof ModelUnavailable && error.problem.kind === 'not-enough-memory',
      );
      assert.equal(engines.processes.length, 1);
      stop();
    });
  });

  describe('an engine that dies', () => {
    it('before it said anything: the next one is asked, once', async () => {
      const { ask, engines, heard, sequence, stop } = await startTalked();
      const gate = sequence.holdNext('generate');
      const answer = ask();
      await gate.arrived;
      engines.newest.kill();
      gate.release();
      assert.equal((await answer).finish, 'stop');
      assert.deepEqual([heard.join(''), engines.processes.length], ['abc', 2]);
      stop();
    });

    it('in the middle of its answer: what was said stands, and it is not asked again', async () => {
      const { ask, engines, heard, stop } = await startTalked();
      const onText = (piece: string): void => {
        heard.push(piece);
        if (heard.length === 2) engines.newest.kill();
      };
      await assert.rejects(ask({ onText }), (error) => error instanceof ChatInterrupted);
      assert.equal(heard.slice(0, 2).join(''), 'ab');
      heard.length = 0;
      await ask();
      assert.equal(heard.join(''), 'abc');
      stop();
    });

    it('twice: is the user’s to know', async () => {
      const { ask, engines, stop } = await startTalked();
      engines.prepare = (next) => void until(() => next.binding.models.length > 0).then(() => hold());
      const hold = (): void => {
        const { model } = engines.newest;
        const open = model.openSequence.bind(model);
        model.openSequence = async () => {
          engines.newest.kill();
          return open();
        };
      };
      const gate = engines.newest.model.chatSequence?.holdNext('generate');
      const answer = assert.rejects(ask(), (error) => error instanceof ChatInterrupted);
      await gate?.arrived;
      engines.newest.kill();
      gate?.release();
      await answer;
      stop();
    });
  });

  describe('cancelled', () => {
    it('while it writes: gives nothing more', async () => {
      const { ask, heard, stop } = await startTalked();
      const abort = new AbortController();
      const onText = (piece: string): void => {
        heard.push(piece);
        abort.abort();
      };
      await assert.rejects(ask({ onText, signal: abort.signal }), { name: 'Cancelled' });
      assert.equal(heard.join(''), 'a');
      stop();
    });

    it('before it begins, or while it waits for the model', async () => {
      const { ask, host, engines, stop } = start();
      await assert.rejects(ask({ signal: AbortSignal.abort() }), { name: 'Cancelled' });
      engines.prepare = ({ binding }) => void binding.holdNextLoad();
      host.configure(CONFIG);
      const abort = new AbortController();
      const answer = assert.rejects(ask({ signal: abort.signal }), { name: 'Cancelled' });
      await settle();
      abort.abort();
      await answer;
      stop();
    });
  });
});
