import assert from 'node:assert/strict';
import { clusterBootstrap, type Sample } from '../../eval/clusterBootstrap.ts';
import { seeded } from '../../../src/base/seeded.ts';

describe('cluster bootstrap', () => {
  it('averages samples, not clusters', () => {
    const samples = [...inCluster('a', [1, 1, 1]), ...inCluster('b', [0])];
    assert.equal(clusterBootstrap(samples, seeded(1)).mean, 0.75);
  });

  it('gives the same interval for the same seed', () => {
    const samples = coins(40);
    assert.deepEqual(clusterBootstrap(samples, seeded(1)), clusterBootstrap(samples, seeded(1)));
  });

  it('agrees with the normal interval where every cluster is one sample', () => {
    const { mean, low, high } = clusterBootstrap(coins(400), seeded(1));
    const half = 1.96 * Math.sqrt((mean * (1 - mean)) / 400);
    assert.ok(Math.abs(mean - low - half) < 0.01, `${mean - low} against ${half}`);
    assert.ok(Math.abs(high - mean - half) < 0.01, `${high - mean} against ${half}`);
  });

  it('is wider by the square root of their size where clusters repeat one value', () => {
    const single = coins(100);
    const repeated = single.flatMap(({ cluster, value }) => inCluster(cluster, Array<number>(9).fill(value)));
    const asIndependent = repeated.map(({ value }, index) => ({ cluster: String(index), value }));
    const ratio = width(repeated) / width(asIndependent);
    assert.ok(Math.abs(ratio - 3) < 0.3, String(ratio));
  });

  it('covers the truth about 95 times in 100', () => {
    const random = seeded(7);
    let covered = 0;
    for (let trial = 0; trial < 100; trial++) {
      const samples = Array.from({ length: 60 }, (_, index) => ({
        cluster: String(index),
        value: Number(random() < 0.3),
      }));
      const { low, high } = clusterBootstrap(samples, random);
      if (low <= 0.3 && 0.3 <= high) covered++;
    }
    assert.ok(covered >= 88 && covered <= 99, String(covered));
  });

  it('has no width for one cluster', () => {
    assert.deepEqual(clusterBootstrap(inCluster('a', [0, 1]), seeded(1)), { mean: 0.5, low: 0.5, high: 0.5 });
  });

  it('is NaN for nothing', () => {
    assert.deepEqual(clusterBootstrap([], seeded(1)), { mean: NaN, low: NaN, high: NaN });
  });
});

function inCluster(cluster: string, values: readonly number[]): Sample[] {
  return values.map((value) => ({ cluster, value }));
}

/** Zeros and ones, each a cluster of its own. */
function coins(count: number): Sample[] {
  const random = seeded(3);
  return Array.from({ length: count }, (_, index) => ({
    cluster: String(index),
    value: Number(random() < 0.4),
  }));
}

function width(samples: readonly Sample[]): number {
  const { low, high } = clusterBootstrap(samples, seeded(1));
  return high - low;
}
