import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { nullLog } from '../../../../src/base/log.ts';
import type { Calibration } from '../../../../src/core/models/calibration.ts';
import { LocalModel } from '../../../../src/host/localModel.ts';
import { Calibrator } from '../../../../src/host/tuning/calibrator.ts';
import { ScriptedEngines } from '../../../support/scriptedEngine.ts';
import { settle, until } from '../../../support/until.ts';

const REST_MS = 30_000;

describe('Calibrator', () => {
  let engines: ScriptedEngines;
  let model: LocalModel;
  let calibrator: Calibrator;
  let kept: Calibration[];
  let mayWork: boolean;

  beforeEach(async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    engines = new ScriptedEngines({ continuations: { 'f(': 'abc' } });
    model = new LocalModel(engines.host);
    kept = [];
    mayWork = true;
    calibrator = new Calibrator({
      host: engines.host,
      store: {
        get: async () => kept.at(0),
        set: async (_config, calibration) => void kept.push(calibration),
      },
      mayWork: () => mayWork,
      log: nullLog,
    });
    engines.host.configure({ modelPath: '/a.gguf', contextTokens: 8_192, threads: 1, gpu: 'off' });
    await until(() => engines.host.state.kind === 'ready');
  });

  afterEach(() => {
    calibrator.dispose();
    model.dispose();
    engines.host.dispose();
    mock.timers.reset();
  });

  const ask = () =>
    model.complete({
      prompt: () => ({ pieces: [{ text: 'f(', leadingSpace: false }], heal: '' }),
      maxTokens: 64,
      signal: new AbortController().signal,
      onText: () => undefined,
    });

  async function rest(ms = REST_MS): Promise<void> {
    await settle();
    mock.timers.tick(ms);
    await settle();
  }

  const measured = () => engines.newest.model.measured;

  it('times a model when nobody has asked for half a minute, once', async () => {
    await rest(REST_MS - 1);
    assert.equal(measured().length, 0);
    await rest(1);
    await until(() => kept.length === 1);
    assert.deepEqual(
      kept[0]?.runs.map(({ flashAttention, threads }) => [flashAttention, threads]),
      measured().map(({ flashAttention, threads }) => [flashAttention, threads]),
    );
    const before = measured().length;
    await rest(10 * REST_MS);
    assert.deepEqual([kept.length, measured().length], [1, before]);
  });

  it('waits on while the user asks', async () => {
    await rest(REST_MS - 1);
    await ask();
    await rest(1);
    assert.equal(measured().length, 0);
    await rest();
    await until(() => kept.length === 1);
  });

  it('gives way to a request at once, and goes on in the next rest', async () => {
    const gate = engines.newest.model.holdNextMeasure();
    await rest();
    await gate.arrived;
    const asked = ask();
    await settle();
    gate.release();
    assert.equal((await asked).text, 'abc');
    await settle();
    assert.equal(kept.length, 0);
    await rest();
    await rest();
    await until(() => kept.length === 1);
  });

  it('does nothing where work ahead of the user is not wanted, or the model is known', async () => {
    mayWork = false;
    await rest(3 * REST_MS);
    mayWork = true;
    kept = [
      { runs: [{ flashAttention: false, threads: 1, depthTokens: 0, prefillMs: 1, keyMs: 1, tokenMs: 1 }] },
    ];
    await rest(3 * REST_MS);
    assert.deepEqual([measured().length, kept.length], [0, 1]);
  });

  it('keeps nothing of an engine that was replaced', async () => {
    const gate = engines.newest.model.holdNextMeasure();
    await rest();
    await gate.arrived;
    engines.host.restart();
    gate.release();
    await until(() => engines.processes.length === 2 && engines.host.state.kind === 'ready');
    assert.equal(kept.length, 0);
  });
});
