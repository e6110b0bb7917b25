import assert from 'node:assert/strict';
import { readdir, readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Calibration } from '../../../../src/core/models/calibration.ts';
import type { EngineConfig } from '../../../../src/host/engineHost.ts';
import { CalibrationStore } from '../../../../src/host/tuning/calibrationStore.ts';
import type { Machine } from '../../../../src/host/tuning/machine.ts';
import { TemporaryFolder } from '../../../support/temporaryFolder.ts';

const MACHINE: Machine = { processor: 'Test 9000', cores: 8, platform: 'linux-x64', version: '1.0.0' };
const SLOW: Calibration = {
  runs: [
    {
      ...{ flashAttention: false, threads: 7, depthTokens: 0 },
      ...{ prefillMs: 1_000, keyMs: 400, tokenMs: 100 },
    },
  ],
};

describe('CalibrationStore', () => {
  let folder: TemporaryFolder;
  let config: EngineConfig;
  const store = (machine: Partial<Machine> = {}): CalibrationStore =>
    new CalibrationStore(join(folder.path, 'state/calibration.json'), { ...MACHINE, ...machine });

  beforeEach(async () => {
    folder = await TemporaryFolder.with({ 'secret-project.gguf': 'GGUF', 'other.gguf': 'GGUF' });
    const modelPath = join(folder.path, 'secret-project.gguf');
    config = { modelPath, contextTokens: 8_192, threads: 0, gpu: 'off', contextIsSet: false };
  });
  afterEach(() => folder.remove());

  it('keeps what was timed of a model, for the next process, and tunes by it', async () => {
    assert.equal(await store().get(config), undefined);
    assert.equal((await store().tune(config)).contextTokens.value, 8_192);
    await store().set(config, SLOW);
    assert.deepEqual(await store().get(config), SLOW);
    assert.deepEqual((await store().tune(config)).contextTokens, { value: 2_048, why: 'measured' });
    const asked = await store().tune({ ...config, contextIsSet: true });
    assert.deepEqual(asked.contextTokens, { value: 8_192, why: 'setting' });
  });

  const others: readonly [what: string, config: Partial<EngineConfig>, machine: Partial<Machine>][] = [
    ['another processor', {}, { processor: 'Test 1' }],
    ['another number of cores', {}, { cores: 4 }],
    ['another version', {}, { version: '1.0.1' }],
    ['a GPU', { gpu: 'auto' }, {}],
    ['threads that the user set', { threads: 3 }, {}],
    ['a file that is not there', { modelPath: '/nowhere/model.gguf' }, {}],
  ];
  for (const [what, otherConfig, machine] of others) {
    it(`knows nothing of ${what}`, async () => {
      await store().set(config, SLOW);
      assert.equal(await store(machine).get({ ...config, ...otherConfig }), undefined);
    });
  }

  it('knows nothing of another file, or of the file once it has changed', async () => {
    await store().set(config, SLOW);
    assert.equal(await store().get({ ...config, modelPath: join(folder.path, 'other.gguf') }), undefined);
    await utimes(config.modelPath, 1, 1);
    assert.equal(await store().get(config), undefined);
  });

  it('damaged, is measured anew and written anew', async () => {
    await folder.write({ 'state/calibration.json': '{"version":1,"entries":[{' });
    assert.equal(await store().get(config), undefined);
    await store().set(config, SLOW);
    assert.deepEqual(await store().get(config), SLOW);
  });

  it('is for its user alone, names no file, and leaves no other behind', async () => {
    await store().set(config, SLOW);
    const path = join(folder.path, 'state/calibration.json');
    if (process.platform !== 'win32') assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.ok(!(await readFile(path, 'utf8')).includes('secret-project'));
    assert.deepEqual(await readdir(join(folder.path, 'state')), ['calibration.json']);
  });
});
