import assert from 'node:assert/strict';
import { clusteredMean } from '../../../bench/crossfile/pairedDifference.ts';

describe('a mean with its error between clusters', () => {
  it('has the usual standard error where every cluster is one value', () => {
    const values = [1, 2, 4, 9].map((value, index) => ({ cluster: String(index), value }));
    const { mean, twoStandardErrors, count } = clusteredMean(values);
    assert.equal(mean, 4);
    assert.equal(count, 4);
    // Variance 38 / 3 of four values.
    assert.ok(Math.abs(twoStandardErrors - 2 * Math.sqrt(38 / 3 / 4)) < 1e-12);
  });

  it('does not shrink where each value is there twice in its cluster', () => {
    const once = [1, 2, 4, 9].map((value, index) => ({ cluster: String(index), value }));
    const twice = clusteredMean([...once, ...once]);
    assert.ok(Math.abs(twice.twoStandardErrors - clusteredMean(once).twoStandardErrors) < 1e-12);
  });

  it('has no error to show for one cluster', () => {
    assert.ok(Number.isNaN(clusteredMean([{ cluster: 'a', value: 1 }]).twoStandardErrors));
  });
});
