import assert from 'node:assert/strict';
import type { ModelProblem } from '../../../src/core/models/modelProblem.ts';
import { type CompletionRequest, ModelUnavailable } from '../../../src/core/ports/model.ts';
import type { EngineConfig } from '../../../src/host/engineHost.ts';
import { LocalModel } from '../../../src/host/localModel.ts';
import { EngineError } from '../../../src/rpc/engineError.ts';
import type { Script } from '../../support/scriptedBinding.ts';
import { ScriptedEngines } from '../../support/scriptedEngine.ts';
import { settle, until } from '../../support/until.ts';

const CONFIG: EngineConfig = { modelPath: '/models/a.gguf', contextTokens: 1024, threads: 1, gpu: 'off' };

function start(script: Script = {}) {
  const engines = new ScriptedEngines(script);
  const model = new LocalModel(engines.host);
  const heard: string[] = [];
  const ask = (text: string, more: Partial<CompletionRequest> = {}) =>
    model.complete({
      prompt: () => ({ pieces: [{ text, leadingSpace: false }], heal: '' }),
      maxTokens: 64,
      signal: new AbortController().signal,
      onText: (piece) => heard.push(piece),
      ...more,
    });
  const stop = () => {
    model.dispose();
    engines.host.dispose();
  };
  return { engines, host: engines.host, model, heard, ask, stop };
}

async function startReady(script: Script = {}) {
  const started = start(script);
  started.host.configure(CONFIG);
  await until(() => started.host.state.kind === 'ready');
  return started;
}

const unavailable = (kind: ModelProblem['kind'], action: ModelProblem['action']) => (error: unknown) =>
  error instanceof ModelUnavailable && error.problem.kind === kind && error.problem.action === action;

describe('LocalModel', () => {
  const CODE = { continuations: { 'f(': 'abc' } };

  it('waits for the model to be loaded', async () => {
    const { ask, host, heard, stop } = start(CODE);
    host.configure(CONFIG);
    assert.equal((await ask('f(')).text, 'abc');
    assert.deepEqual(heard, ['a', 'b', 'c']);
    stop();
  });

  describe('throws ModelUnavailable with the problem', () => {
    it('where no model is configured', async () => {
      const { ask } = start();
      await assert.rejects(ask('f('), unavailable('no-model', 'choose-model'));
    });

    it('where the model does not load, at once and while waiting', async () => {
      const { ask, host, engines } = start();
      engines.prepare = ({ binding }) => binding.failNextLoad(new EngineError('not-gguf', 'No model.'));
      host.configure(CONFIG);
      await assert.rejects(ask('f('), unavailable('not-gguf', 'choose-model'));
      await assert.rejects(ask('f('), unavailable('not-gguf', 'choose-model'));
    });
  });

  describe('an engine that dies under a request', () => {
    it('in its prefill: the next one is asked, once', async () => {
      const { ask, engines, stop } = await startReady(CODE);
      const gate = engines.newest.model.sequence.holdNext('prefill');
      const reply = ask(`${'x'.repeat(900)}f(`);
      await gate.arrived;
      engines.newest.kill();
      gate.release();
      assert.equal((await reply).text, 'abc');
      assert.equal(engines.processes.length, 2);
      stop();
    });

    it('without closing its channel', async () => {
      const { ask, engines, stop } = await startReady(CODE);
      const gate = engines.newest.model.sequence.holdNext('generate');
      const reply = ask('f(');
      await gate.arrived;
      engines.newest.vanish();
      assert.equal((await reply).text, 'abc');
      stop();
    });

    it('while it writes: what was heard is not heard twice', async () => {
      const { ask, engines, heard, stop } = await startReady(CODE);
      let killed = false;
      const reply = await ask('f(', {
        onText: (piece) => {
          heard.push(piece);
          if (killed) return;
          killed = true;
          engines.newest.kill();
        },
      });
      assert.equal(reply.text, 'abc');
      assert.equal(heard.join(''), 'abc');
      stop();
    });

    it('twice: is the user’s to know', async () => {
      const { ask, engines, stop } = await startReady(CODE);
      await assert.rejects(
        ask('f(', {
          prompt: () => {
            setImmediate(() => engines.newest.kill());
            return { pieces: [{ text: 'f(', leadingSpace: false }], heal: '' };
          },
        }),
        unavailable('engine-died', 'restart-engine'),
      );
      assert.equal(engines.processes.length, 2);
      stop();
    });
  });

  it('asks the next engine what was under way when the options changed', async () => {
    const { ask, host, engines, heard, stop } = await startReady(CODE);
    const gate = engines.newest.model.sequence.holdNext('generate');
    const reply = ask('f(');
    await gate.arrived;
    host.configure({ ...CONFIG, contextTokens: 2048 });
    gate.release();
    assert.equal((await reply).text, 'abc');
    assert.equal(heard.join(''), 'abc');
    assert.ok(host.state.kind === 'ready' && host.state.engine.facts.contextTokens === 2048);
    assert.equal(engines.processes.length, 2);
    stop();
  });

  describe('a prompt that is too long', () => {
    const limit = 1024 - 64 - 16;
    const prompt = (_model: unknown, scale: number) => ({
      pieces: [{ text: 'x'.repeat(Math.floor(3000 * scale)), leadingSpace: false }],
      heal: '',
    });

    it('is built again, shorter, and stays shorter', async () => {
      const { ask, stop } = await startReady();
      const scales: number[] = [];
      const recorded = (model: unknown, scale: number) => (scales.push(scale), prompt(model, scale));
      const { promptTokens } = await ask('', { prompt: recorded });
      assert.ok(promptTokens <= limit && promptTokens > limit * 0.85, `${promptTokens}`);
      await ask('', { prompt: recorded });
      assert.deepEqual([scales.length, scales[1]], [3, scales[2]]);
      stop();
    });

    it('of two requests at once shrinks once', async () => {
      const { ask, stop } = await startReady();
      const [a, b] = await Promise.all([ask('', { prompt }), ask('', { prompt })]);
      assert.equal(a.promptTokens, b.promptTokens);
      stop();
    });

    it('that cannot shrink is an error, not a loop', async () => {
      const { ask, stop } = await startReady();
      await assert.rejects(ask('x'.repeat(3000)), { kind: 'prompt-too-long' });
      assert.equal((await ask('x')).promptTokens, 1);
      stop();
    });

    it('in a context smaller than the completion is an error too', async () => {
      const { ask, stop } = await startReady({ contextTokens: 32 });
      await assert.rejects(ask('', { prompt }), { kind: 'prompt-too-long' });
      stop();
    });
  });

  describe('cancelled', () => {
    it('while it waits for the model', async () => {
      const { ask, host, engines, stop } = start();
      engines.prepare = ({ binding }) => void binding.holdNextLoad();
      host.configure(CONFIG);
      const abort = new AbortController();
      const reply = ask('f(', { signal: abort.signal });
      await settle();
      abort.abort();
      await assert.rejects(reply, { name: 'Cancelled' });
      stop();
    });

    it('before it begins: asks no engine', async () => {
      const { ask, stop } = await startReady();
      const prompt = () => assert.fail('no prompt is built');
      await assert.rejects(ask('f(', { prompt, signal: AbortSignal.abort() }), { name: 'Cancelled' });
      stop();
    });

    it('while the engine dies', async () => {
      const { ask, engines, stop } = await startReady();
      const abort = new AbortController();
      const gate = engines.newest.model.sequence.holdNext('generate');
      const reply = ask('f(', { signal: abort.signal });
      await gate.arrived;
      abort.abort();
      engines.newest.kill();
      await assert.rejects(reply, { name: 'Cancelled' });
      gate.release();
      stop();
    });

    it('when the model is disposed', async () => {
      const { ask, host, model, engines } = start();
      engines.prepare = ({ binding }) => void binding.holdNextLoad();
      host.configure(CONFIG);
      const reply = ask('f(');
      await settle();
      host.dispose();
      model.dispose();
      await assert.rejects(reply, { name: 'Cancelled' });
      await assert.rejects(ask('f('), { name: 'Cancelled' });
    });
  });
});
