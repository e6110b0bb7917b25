import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { EngineConfig } from '../../../src/host/engineHost.ts';
import { SettledConfig } from '../../../src/host/settledConfig.ts';
import { Gate } from '../../support/gate.ts';
import { ScriptedEngines } from '../../support/scriptedEngine.ts';
import { settle, until } from '../../support/until.ts';

const A: EngineConfig = { modelPath: '/a.gguf', contextTokens: 1024, threads: 1, gpu: 'off' };

describe('SettledConfig', () => {
  let engines: ScriptedEngines;
  let settings: EngineConfig | undefined;
  let quiet: () => Promise<void>;
  let config: SettledConfig;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    engines = new ScriptedEngines();
    settings = A;
    quiet = async () => undefined;
    config = new SettledConfig(
      engines.host,
      () => settings,
      () => quiet(),
    );
  });

  afterEach(() => {
    config.dispose();
    engines.host.dispose();
    mock.timers.reset();
  });

  function change(next: EngineConfig | undefined): void {
    settings = next;
    config.changed();
  }

  async function pass(ms: number): Promise<void> {
    mock.timers.tick(ms);
    await settle();
  }

  const ready = (contextTokens: number) =>
    until(() => {
      const { state } = engines.host;
      return state.kind === 'ready' && state.engine.facts.contextTokens === contextTokens;
    });

  it('loads the first model, and another one, without waiting', async () => {
    change(A);
    await ready(1024);
    change({ ...A, modelPath: '/b.gguf' });
    await until(() => engines.processes.length === 2);
    change(undefined);
    assert.equal(engines.host.state.kind, 'stopped');
  });

  it('reloads once for a burst of changes, with the last of them', async () => {
    change(A);
    await ready(1024);
    for (const contextTokens of [2, 20, 204, 2048]) {
      change({ ...A, contextTokens });
      await pass(200);
    }
    assert.equal(engines.processes.length, 1);
    await pass(800);
    await ready(2048);
    assert.equal(engines.processes.length, 2);
  });

  it('does not reload for what was changed back', async () => {
    change(A);
    await ready(1024);
    change({ ...A, threads: 8 });
    change(A);
    await pass(10_000);
    assert.equal(engines.processes.length, 1);
  });

  it('waits for a pause in typing', async () => {
    change(A);
    await ready(1024);
    const typing = new Gate();
    quiet = () => typing.pass();
    change({ ...A, contextTokens: 2048 });
    await pass(5_000);
    assert.equal(engines.host.state.kind, 'ready');
    typing.release();
    await ready(2048);
  });

  it('does not bring back a model that was taken away while it waited', async () => {
    change(A);
    await ready(1024);
    change({ ...A, contextTokens: 2048 });
    change(undefined);
    await pass(5_000);
    assert.equal(engines.host.state.kind, 'stopped');
  });

  it('does nothing after it was disposed', async () => {
    change(A);
    await ready(1024);
    const typing = new Gate();
    quiet = () => typing.pass();
    change({ ...A, contextTokens: 2048 });
    await pass(800);
    config.dispose();
    typing.release();
    await settle();
    assert.equal(engines.processes.length, 1);
  });

  it('leaves a sleeping engine asleep; the next request wakes it with the new options', async () => {
    change(A);
    await ready(1024);
    engines.host.sleepAfter(60_000);
    await pass(60_000);
    assert.equal(engines.host.state.kind, 'asleep');
    change({ ...A, contextTokens: 2048 });
    await pass(800);
    assert.deepEqual([engines.host.state.kind, engines.processes.length], ['asleep', 1]);
    engines.host.use().dispose();
    await ready(2048);
    assert.equal(engines.processes.length, 2);
  });

  it('wakes a sleeping engine for another model', async () => {
    change(A);
    await ready(1024);
    engines.host.sleepAfter(60_000);
    await pass(60_000);
    change({ ...A, modelPath: '/b.gguf', contextTokens: 2048 });
    await ready(2048);
  });
});
