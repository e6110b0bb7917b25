import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { EngineConfig, EngineHost, EngineState } from '../../../src/host/engineHost.ts';
import { EngineError } from '../../../src/rpc/engineError.ts';
import { ScriptedEngines } from '../../support/scriptedEngine.ts';
import { settle, until } from '../../support/until.ts';

const A: EngineConfig = { modelPath: '/a.gguf', contextTokens: 1024, threads: 1, gpu: 'off' };
const B: EngineConfig = { ...A, modelPath: '/b.gguf' };

function start() {
  const engines = new ScriptedEngines();
  const { host } = engines;
  const states: EngineState['kind'][] = [];
  host.onDidChangeState(({ kind }) => {
    if (states.at(-1) !== kind) states.push(kind);
  });
  const ready = (path: string) =>
    until(() => host.state.kind === 'ready' && host.state.engine.modelId === path);
  return { engines, host, states, ready };
}

/** Milliseconds of mocked time until `condition` holds. */
async function elapsing(condition: () => boolean, stepMs = 50): Promise<number> {
  for (let elapsedMs = 0; elapsedMs <= 60_000; elapsedMs += stepMs) {
    await settle();
    if (condition()) return elapsedMs;
    mock.timers.tick(stepMs);
  }
  throw new Error(`Waited in vain for: ${condition.toString()}`);
}

async function askOnce({ state }: EngineHost): Promise<void> {
  assert.ok(state.kind === 'ready');
  await state.engine.connection.complete(state.engine.modelId, {
    pieces: [{ text: 'x', leadingSpace: false }],
    ...{ heal: '', maxTokens: 1, stop: [], signal: new AbortController().signal, onText: () => undefined },
  });
}

describe('EngineHost', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('starts, loads, and is ready', async () => {
    const { host, states, ready } = start();
    assert.equal(host.state.kind, 'stopped');
    host.configure(A);
    await ready('/a.gguf');
    assert.deepEqual(states, ['loading', 'ready']);
    host.dispose();
  });

  it('starts nothing where nothing is configured', async () => {
    const { host, engines, states } = start();
    host.configure(undefined);
    await settle();
    assert.deepEqual([engines.processes.length, states], [0, []]);
  });

  it('ignores a configuration equal to the one it has', async () => {
    const { host, engines, ready } = start();
    host.configure(A);
    await ready('/a.gguf');
    host.configure({ ...A });
    await settle();
    assert.equal(engines.processes.length, 1);
    host.dispose();
  });

  it('starts a dead engine again, with growing pauses, and at last gives up in one failed state', async () => {
    const { host, engines, states, ready } = start();
    host.configure(A);
    await ready('/a.gguf');
    const pauses: number[] = [];
    for (let death = 1; death <= 3; death++) {
      engines.newest.kill();
      pauses.push(await elapsing(() => engines.processes.length === death + 1));
      await ready('/a.gguf');
    }
    assert.deepEqual(pauses, [100, 1_000, 4_000]);
    engines.newest.kill();
    await until(() => host.state.kind === 'failed');
    assert.ok(host.state.kind === 'failed' && host.state.error.kind === 'engine-gone');
    await elapsing(() => false).catch(() => undefined);
    assert.equal(engines.processes.length, 4);
    assert.equal(states.filter((kind) => kind === 'failed').length, 1);
    assert.equal(engines.running, 0);

    host.restart();
    await ready('/a.gguf');
    engines.newest.kill();
    assert.equal(await elapsing(() => engines.processes.length === 6), 100);
    host.dispose();
  });

  it('starts an engine that answers between its deaths again and again', async () => {
    const { host, engines, ready } = start();
    host.configure(A);
    for (let death = 1; death <= 6; death++) {
      await ready('/a.gguf');
      await askOnce(host);
      engines.newest.kill();
      assert.equal(await elapsing(() => engines.processes.length === death + 1), 100);
    }
    host.dispose();
  });

  it('gives up on an engine that dies while it loads, as on any other', async () => {
    const { host, engines, states } = start();
    engines.prepare = (engine) => void engine.binding.holdNextLoad().arrived.then(() => engine.kill());
    host.configure(A);
    await elapsing(() => host.state.kind === 'failed');
    assert.deepEqual(states, ['loading', 'failed']);
    assert.equal(engines.processes.length, 4);
  });

  it('does not try again what fails with a reason', async () => {
    const { host, engines, states } = start();
    engines.prepare = ({ binding }) => binding.failNextLoad(new EngineError('not-gguf', 'No model.'));
    host.configure(A);
    await elapsing(() => host.state.kind === 'failed');
    assert.ok(host.state.kind === 'failed' && host.state.error.kind === 'not-gguf');
    assert.deepEqual([states, engines.processes.length, engines.running], [['loading', 'failed'], 1, 0]);
  });

  it('fails where no process can be started', async () => {
    const { host } = start();
    const engines = new ScriptedEngines();
    engines.prepare = () => {
      throw new Error('EAGAIN');
    };
    engines.host.configure(A);
    await until(() => engines.host.state.kind === 'failed');
    const { state } = engines.host;
    assert.ok(state.kind === 'failed' && state.error.message.includes('EAGAIN'));
    host.dispose();
  });

  it('kills an engine that does not answer hello, and counts it as dead', async () => {
    const { host, engines } = start();
    engines.prepare = (engine) => {
      engine.transport.writer.write = async () => undefined;
    };
    host.configure(A);
    await elapsing(() => engines.processes.length === 2, 10_000);
    assert.equal(engines.processes[0]?.ended, true);
    host.dispose();
  });

  describe('another configuration', () => {
    it('while one loads: the first never becomes ready, and is gone before the second begins', async () => {
      const { host, engines, states, ready } = start();
      let overlapped = false;
      engines.prepare = () => (overlapped ||= engines.running > 1);
      host.configure(A);
      await until(() => engines.processes.length === 1);
      const gate = engines.newest.binding.holdNextLoad();
      await gate.arrived;
      host.configure(B);
      await settle();
      assert.equal(engines.processes.length, 1);
      gate.release();
      await ready('/b.gguf');
      assert.deepEqual(states, ['loading', 'ready']);
      assert.equal(overlapped, false);
      host.dispose();
    });

    it('at the very end of a load: what was loaded is not shown as ready', async () => {
      const { host, engines, ready } = start();
      const shown: string[] = [];
      host.onDidChangeState((state) => {
        if (state.kind === 'loading' && state.fraction === 1 && engines.processes.length === 1)
          host.configure(B);
        if (state.kind === 'ready') shown.push(state.engine.modelId);
      });
      host.configure(A);
      await ready('/b.gguf');
      assert.deepEqual(shown, ['/b.gguf']);
      host.dispose();
    });

    it('while one loads that never ends: that one is killed', async () => {
      const { host, engines, ready } = start();
      host.configure(A);
      await until(() => engines.processes.length === 1);
      await engines.newest.binding.holdNextLoad().arrived;
      host.configure(B);
      assert.equal(await elapsing(() => engines.processes.length === 2), 1_000);
      await ready('/b.gguf');
      host.dispose();
    });

    it('twice in a row: two models are never in memory at once', async () => {
      const { host, engines, ready } = start();
      let overlapped = false;
      engines.prepare = () => (overlapped ||= engines.running > 1);
      host.configure(A);
      await ready('/a.gguf');
      const gate = engines.newest.model.sequence.holdNext('prefill');
      const { state } = host;
      assert.ok(state.kind === 'ready');
      const signal = new AbortController().signal;
      const gone = assert.rejects(
        state.engine.connection.complete('/a.gguf', {
          pieces: [{ text: 'x'.repeat(900), leadingSpace: false }],
          ...{ heal: '', maxTokens: 1, stop: [], signal, onText: () => undefined },
        }),
        EngineError,
      );
      await gate.arrived;
      host.configure(B);
      host.configure(A);
      await settle();
      assert.equal(engines.processes.length, 1);
      gate.release();
      await ready('/a.gguf');
      await gone;
      assert.equal(overlapped, false);
      host.dispose();
    });

    it('none: stops the engine', async () => {
      const { host, engines, states, ready } = start();
      host.configure(A);
      await ready('/a.gguf');
      host.configure(undefined);
      await until(() => engines.running === 0);
      assert.deepEqual(states, ['loading', 'ready', 'stopped']);
    });

    it('while it waits to start again: starts at once', async () => {
      const { host, engines, ready } = start();
      host.configure(A);
      await ready('/a.gguf');
      engines.newest.kill();
      await until(() => host.state.kind === 'loading');
      host.configure(B);
      await ready('/b.gguf');
      await elapsing(() => false).catch(() => undefined);
      assert.equal(engines.processes.length, 2);
      host.dispose();
    });
  });

  describe('disposed', () => {
    it('while it loads: leaves no process and is heard of no more', async () => {
      const { host, engines, states } = start();
      host.configure(A);
      await until(() => engines.processes.length === 1);
      const gate = engines.newest.binding.holdNextLoad();
      await gate.arrived;
      host.dispose();
      gate.release();
      await until(() => engines.running === 0);
      await settle();
      assert.deepEqual(states, ['loading']);
    });

    it('before its process has answered: leaves no process', async () => {
      const { host, engines } = start();
      host.configure(A);
      await until(() => engines.processes.length === 1);
      host.dispose();
      await until(() => engines.running === 0);
    });

    it('while it waits to start again: stays down', async () => {
      const { host, engines, ready } = start();
      host.configure(A);
      await ready('/a.gguf');
      engines.newest.kill();
      await until(() => host.state.kind === 'loading');
      host.dispose();
      await elapsing(() => false).catch(() => undefined);
      assert.equal(engines.processes.length, 1);
    });
  });
});
