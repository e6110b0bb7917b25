import assert from 'node:assert/strict';
import { RestartPolicy } from '../../../src/host/restartPolicy.ts';

describe('RestartPolicy', () => {
  const pictures: readonly [
    what: string,
    deathsMs: readonly number[],
    waits: readonly (number | undefined)[],
  ][] = [
    ['one death', [0], [100]],
    [
      'deaths in a row: longer and longer, then never',
      [0, 1, 2, 3, 4],
      [100, 1_000, 4_000, undefined, undefined],
    ],
    ['deaths far apart are unrelated', [0, 130_000, 260_000, 390_000, 520_000], [100, 100, 100, 100, 100]],
    ['old deaths are forgotten one by one', [0, 60_000, 119_999, 120_000], [100, 1_000, 4_000, 4_000]],
  ];
  for (const [what, deathsMs, waits] of pictures) {
    it(what, () => {
      const policy = new RestartPolicy();
      assert.deepEqual(
        deathsMs.map((ms) => policy.afterDeath(ms)),
        waits,
      );
    });
  }

  it('forgives all at a reset', () => {
    const policy = new RestartPolicy();
    for (let i = 0; i < 4; i++) policy.afterDeath(i);
    policy.reset();
    assert.equal(policy.afterDeath(5), 100);
  });
});
