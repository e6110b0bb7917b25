import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { constants, getPriority } from 'node:os';
import { ensureModel } from '../model/fetchModel.ts';
import { type BareEngine, startBareEngine } from '../support/realEngine.ts';

describe('the priority of the engine', () => {
  let engine: BareEngine;
  before(async () => {
    engine = await startBareEngine();
    await engine.load({ path: await ensureModel() });
  });
  after(() => engine.dispose());

  it('is below normal, in every thread that computes', async () => {
    const { pid } = engine.process;
    assert.ok(pid !== undefined);
    const low = constants.priority.PRIORITY_BELOW_NORMAL;
    // Only Linux ranks threads by themselves.
    const threads = process.platform === 'linux' ? await readdir(`/proc/${pid}/task`) : [pid];
    assert.deepEqual(
      threads.map((thread) => getPriority(Number(thread))),
      threads.map(() => low),
    );
  });
});
