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

  const answerPictures: readonly [
    what: string,
    answersBeforeDeath: number,
    waits: readonly (number | undefined)[],
  ][] = [
    ['no answer between deaths: gives up', 0, [100, 1_000, 4_000, undefined]],
    ['an answer before each death: goes on for good', 1, [100, 100, 100, 100, 100, 100]],
    ['many answers make up for no more than the deaths there were', 50, [100, 100, 100]],
  ];
  for (const [what, answers, waits] of answerPictures) {
    it(what, () => {
      const policy = new RestartPolicy();
      const given = waits.map((_, index) => {
        policy.forgive(answers);
        return policy.afterDeath(index);
      });
      assert.deepEqual(given, waits);
    });
  }

  it('gives up on an engine that dies twice for each answer', () => {
    const policy = new RestartPolicy();
    const waits = [1, 0, 1, 0, 1, 0, 1].map((answers) => {
      policy.forgive(answers);
      return policy.afterDeath(0);
    });
    assert.deepEqual(waits, [100, 1_000, 1_000, 4_000, 4_000, undefined, undefined]);
  });

  it('forgives all at a reset', () => {
    const policy = new RestartPolicy();
    for (let i = 0; i < 4; i++) policy.afterDeath(i);
    policy.reset();
    assert.equal(policy.afterDeath(5), 100);
  });
});
