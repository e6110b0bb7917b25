import assert from 'node:assert/strict';
import { isQuiet } from '../../../../src/host/tuning/machine.ts';

describe('a machine', () => {
  const rows: readonly [load: number, cores: number, quiet: boolean][] = [
    [0, 2, true],
    [1, 2, true],
    [1.1, 2, false],
    [3.9, 8, true],
    [16, 8, false],
  ];
  for (const [load, cores, quiet] of rows) {
    it(`with a load of ${load} on ${cores} cores is ${quiet ? 'quiet' : 'busy'}`, () =>
      assert.equal(isQuiet(load, cores), quiet));
  }
});
