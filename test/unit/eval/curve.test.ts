import assert from 'node:assert/strict';
import { clusterBootstrapOf } from '../../eval/clusterBootstrap.ts';
import { CONFIDENCES } from '../../eval/lines/confidences.ts';
import { meanRight, pointAt, separation, type Suggested } from '../../eval/lines/curve.ts';
import { curveText } from '../../eval/lines/curveText.ts';
import { figureAt, fitLogistic } from '../../eval/lines/logistic.ts';
import { seeded } from '../../../src/base/seeded.ts';

/** Suggestions from the surest to the least sure: `r` right, `w` wrong. */
const suggested = (marks: string): Suggested[] =>
  [...marks].map((mark, index) => ({ confidence: 1 - index / 10, isRight: mark === 'r' }));

describe('the curve of confidence', () => {
  const rows: readonly [marks: string, separation: number, meanRight: number][] = [
    ['rrww', 1, (1 + 1 + 2 / 3 + 2 / 4) / 4],
    ['wwrr', 0, (0 + 0 + 1 / 3 + 2 / 4) / 4],
    ['rwrw', 0.75, (1 + 1 / 2 + 2 / 3 + 2 / 4) / 4],
    ['rr', NaN, 1],
  ];
  for (const [marks, wanted, right] of rows) {
    it(`${marks} separates by ${wanted}`, () => {
      assert.equal(separation(suggested(marks)), wanted);
      assert.ok(Math.abs(meanRight(suggested(marks)) - right) < 1e-12);
    });
  }

  it('counts ties by halves', () => {
    const same = suggested('rwrw').map(({ isRight }) => ({ confidence: 1, isRight }));
    assert.equal(separation(same), 0.5);
  });

  it('says what a threshold leaves', () => {
    assert.deepEqual(pointAt(suggested('rrwrw'), 0.75), {
      threshold: 0.75,
      shown: 3 / 5,
      right: 2 / 3,
      kept: 2 / 3,
    });
  });

  const logs = [0.5, 0.8, 0.5].map(Math.log);
  const figures: readonly [name: keyof typeof CONFIDENCES, value: number][] = [
    ['mean', 0.6],
    ['first', 0.5],
    ['least', 0.5],
    ['product', 0.2],
    ['per token', 0.2 ** (1 / 3)],
    ['by root of length', 0.2 ** (1 / Math.sqrt(3))],
    ['mean and first', 0.5],
  ];
  for (const [name, value] of figures) {
    it(`knows ${name}`, () => assert.ok(Math.abs(CONFIDENCES[name](logs) - value) < 1e-12));
  }

  it('finds a logistic function again', () => {
    const random = seeded(3);
    const samples = Array.from({ length: 4000 }, () => {
      const figure = 8 * random() - 4;
      return { figure, isRight: random() < 1 / (1 + Math.exp(-(0.5 + 1.5 * figure))) };
    });
    const { constant, slope } = fitLogistic(samples);
    assert.ok(Math.abs(constant - 0.5) < 0.2 && Math.abs(slope - 1.5) < 0.2, `${constant} ${slope}`);
    assert.ok(Math.abs(figureAt(0.5, { constant: 1, slope: 2 }) - -0.5) < 1e-12);
  });

  it('draws whole files for its intervals', () => {
    const rows = ['a', 'a', 'b', 'b'].map((cluster, index) => ({ cluster, value: index < 2 ? 1 : 0 }));
    const estimate = clusterBootstrapOf(
      rows,
      (drawn) => drawn.reduce((sum, { value }) => sum + value, 0),
      seeded(1),
    );
    assert.deepEqual(estimate, { mean: 2, low: 0, high: 4 });
  });

  it('is reported for every figure and threshold', () => {
    const random = seeded(5);
    const told = Array.from({ length: 60 }, (_, index) => {
      const logProbability = -3 * random();
      return {
        cluster: String(index % 7),
        isRight: random() < Math.exp(logProbability),
        logProbabilities: [logProbability],
      };
    });
    const text = curveText(told.slice(0, 30), told.slice(30));
    for (const name of [...Object.keys(CONFIDENCES), 'balanced', 'careful']) {
      assert.match(text, new RegExp(`^\\| ${name} \\|`, 'm'));
    }
    assert.match(text, /^\| {2}\| 0\.000 \| 100\.0 \| [\d.]+ \| 100\.0 \|$/m);
  });
});
