import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { ensureModel } from '../model/fetchModel.ts';
import { prioritiesOf } from '../support/processes.ts';
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
    assert.deepEqual(new Set(await prioritiesOf(pid)), new Set([low]));
  });
});
