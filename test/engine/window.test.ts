import assert from 'node:assert/strict';
import { join } from 'node:path';
import { askWindow } from '../bench/window.ts';
import { type BareEngine, startBareEngine } from '../support/realEngine.ts';
import { writeSyntheticDeepseek } from '../support/syntheticDeepseek.ts';
import { TemporaryFolder } from '../support/temporaryFolder.ts';

/** The same with 120,000 tokens is a bench: `npm run bench -- window`. */
describe('a prompt that fills the window', () => {
  let folder: TemporaryFolder;
  before(async () => (folder = await TemporaryFolder.with()));
  after(() => folder.remove());

  for (const layout of ['mla', 'legacy'] as const) {
    it(`${layout}: is evaluated once, and a key more costs the key`, async function () {
      if (process.platform !== 'linux') this.skip();
      const path = join(folder.path, `${layout}.gguf`);
      await writeSyntheticDeepseek(path, layout);
      const asked = await askWindow(path, join(folder.path, 'engine.log'), 1_800, 2_048);
      assert.ok(asked.promptTokens >= 1_800 && asked.promptTokens < 2_048, `${asked.promptTokens}`);
      assert.equal(asked.keyReusedTokens, asked.promptTokens);
      assert.equal(asked.keyEvaluatedTokens, 1);
      // Of so small a window most is the engine's own, which varies; the bench tells the ratio for a large one.
      const ratio = asked.predictedBytes / asked.usedBytes;
      assert.ok(ratio > 0.6 && ratio < 1.6, `predicted ${asked.predictedBytes}, used ${asked.usedBytes}`);
    });
  }
});

describe('timing a model', () => {
  let folder: TemporaryFolder;
  let engine: BareEngine;
  before(async () => {
    folder = await TemporaryFolder.with();
    const path = join(folder.path, 'mla.gguf');
    await writeSyntheticDeepseek(path, 'mla');
    engine = await startBareEngine();
    await engine.load({ path });
  });
  after(async () => {
    await engine.dispose();
    await folder.remove();
  });

  const mode = { model: 'm', flashAttention: false, threads: 1, depthTokens: 512 };

  it('says what each way takes, or that the machine is not quiet, and leaves the lane as it was', async () => {
    const before = (await engine.client.request('status', {})).lanes;
    for (const flashAttention of [true, false]) {
      const times = await engine.client.request('measure', { ...mode, flashAttention }).catch(String);
      if (typeof times === 'string') assert.match(times, /not steady/);
      else for (const ms of Object.values(times)) assert.ok(Number.isFinite(ms) && ms > 0, `${ms}`);
    }
    assert.deepEqual((await engine.client.request('status', {})).lanes, before);
  });

  it('ends as soon as a request comes, which is answered', async () => {
    const measured = engine.client.request('measure', { ...mode, depthTokens: 16_384 });
    const refused = assert.rejects(measured, { kind: 'cancelled' });
    const { finish } = await engine.client.request('complete', {
      ...{
        model: 'm',
        parts: [{ text: 'let a' }],
        newSegments: [],
        heal: '',
        skip: 0,
        maxTokens: 1,
        stop: [],
      },
    });
    assert.equal(finish, 'length');
    await refused;
  });
});
