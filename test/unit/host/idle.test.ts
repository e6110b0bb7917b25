import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { EngineConfig, EngineState } from '../../../src/host/engineHost.ts';
import { LocalModel } from '../../../src/host/localModel.ts';
import { EngineError } from '../../../src/rpc/engineError.ts';
import { ScriptedEngines } from '../../support/scriptedEngine.ts';
import { settle, until } from '../../support/until.ts';

const A: EngineConfig = { modelPath: '/a.gguf', contextTokens: 1024, threads: 1, gpu: 'off' };
const IDLE_MS = 30 * 60_000;

describe('an engine that nobody asks', () => {
  let engines: ScriptedEngines;
  let model: LocalModel;
  let states: EngineState['kind'][];

  beforeEach(async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    engines = new ScriptedEngines({ continuations: { 'f(': 'abc' } });
    model = new LocalModel(engines.host);
    states = [];
    engines.host.onDidChangeState(({ kind }) => {
      if (states.at(-1) !== kind) states.push(kind);
    });
    engines.host.sleepAfter(IDLE_MS);
    engines.host.configure(A);
    await until(() => engines.host.state.kind === 'ready');
  });

  afterEach(() => {
    model.dispose();
    engines.host.dispose();
    mock.timers.reset();
  });

  const ask = (signal = new AbortController().signal) =>
    model.complete({
      prompt: () => ({ pieces: [{ text: 'f(', leadingSpace: false }], heal: '' }),
      maxTokens: 64,
      signal,
      onText: () => undefined,
    });

  async function pass(ms: number): Promise<void> {
    await settle();
    mock.timers.tick(ms);
    await settle();
  }

  async function asleep(): Promise<void> {
    await pass(IDLE_MS);
    assert.deepEqual([engines.host.state.kind, model.state.kind, engines.running], ['asleep', 'asleep', 0]);
  }

  it('ends after the time set, its memory free, and counts as no death', async () => {
    await pass(IDLE_MS - 1);
    assert.equal(engines.host.state.kind, 'ready');
    await pass(1);
    await asleep();
    assert.deepEqual(engines.host.deaths, []);
  });

  it('is kept as long as it is asked now and then', async () => {
    for (let round = 0; round < 3; round++) {
      await pass(IDLE_MS - 1);
      assert.equal((await ask()).text, 'abc');
    }
    assert.equal(engines.processes.length, 1);
    await asleep();
  });

  it('is woken by the next request, which waits for the load', async () => {
    await asleep();
    assert.equal((await ask()).text, 'abc');
    assert.deepEqual(states, ['loading', 'ready', 'asleep', 'loading', 'ready']);
    assert.equal(engines.processes.length, 2);
  });

  it('stays awake for the time set after it was woken, and sleeps once', async () => {
    await asleep();
    await ask();
    await pass(IDLE_MS - 1);
    assert.equal(engines.host.state.kind, 'ready');
    await pass(1);
    await asleep();
    await pass(10 * IDLE_MS);
    assert.deepEqual(states, ['loading', 'ready', 'asleep', 'loading', 'ready', 'asleep']);
    assert.equal(engines.processes.length, 2);
  });

  it('is woken once by many requests', async () => {
    await asleep();
    const replies = await Promise.all([ask(), ask(), ask()]);
    assert.deepEqual(
      replies.map(({ text }) => text),
      ['abc', 'abc', 'abc'],
    );
    assert.equal(engines.processes.length, 2);
  });

  it('loads to the end when the request that woke it is cancelled, and sleeps again', async () => {
    await asleep();
    const abort = new AbortController();
    const reply = ask(abort.signal);
    abort.abort();
    await assert.rejects(reply, { name: 'Cancelled' });
    await until(() => engines.host.state.kind === 'ready');
    await asleep();
  });

  it('is not woken by a request that was cancelled before', async () => {
    await asleep();
    await assert.rejects(ask(AbortSignal.abort()), { name: 'Cancelled' });
    assert.equal(engines.host.state.kind, 'asleep');
  });

  it('is not woken by a cursor that rests', async () => {
    await asleep();
    await model.warmUp({
      prompt: () => assert.fail('no prompt is built'),
      budgetMs: undefined,
      signal: new AbortController().signal,
    });
    assert.equal(engines.host.state.kind, 'asleep');
  });

  it('does not sleep under a request, however long it takes', async () => {
    const gate = engines.newest.model.sequence.holdNext('generate');
    const reply = ask();
    await gate.arrived;
    await pass(3 * IDLE_MS);
    assert.equal(engines.host.state.kind, 'ready');
    gate.release();
    assert.equal((await reply).text, 'abc');
    await asleep();
  });

  it('that fails to load when woken says so, and is not tried for ever', async () => {
    await asleep();
    engines.prepare = ({ binding }) => binding.failNextLoad(new EngineError('model-missing', 'Gone.'));
    await assert.rejects(ask(), { name: 'ModelUnavailable' });
    await assert.rejects(ask(), { name: 'ModelUnavailable' });
    await pass(3 * IDLE_MS);
    assert.deepEqual([engines.host.state.kind, engines.processes.length], ['failed', 2]);
  });

  it('that dies is started again and still sleeps', async () => {
    engines.newest.kill();
    await until(() => engines.host.state.kind === 'loading');
    await pass(100);
    await until(() => engines.host.state.kind === 'ready');
    assert.deepEqual(
      engines.host.deaths.map(({ how, pid }) => [how, pid]),
      [['signal SIGKILL', 4711]],
    );
    await asleep();
  });

  it('sleeps sooner, later or never when the setting changes', async () => {
    engines.host.sleepAfter(undefined);
    await pass(10 * IDLE_MS);
    assert.equal(engines.host.state.kind, 'ready');
    engines.host.sleepAfter(60_000);
    await pass(60_000);
    assert.equal(engines.host.state.kind, 'asleep');
    engines.host.sleepAfter(undefined);
    assert.equal((await ask()).text, 'abc');
  });

  it('is woken by a restart, and stays down when it is stopped', async () => {
    await asleep();
    engines.host.restart();
    await until(() => engines.host.state.kind === 'ready');
    await asleep();
    await engines.host.stop();
    assert.equal(engines.host.state.kind, 'stopped');
    await assert.rejects(ask(), { name: 'ModelUnavailable' });
    assert.equal(engines.running, 0);
  });
});
