import assert from 'node:assert/strict';
import { Ewma } from '../../../src/base/ewma.ts';

describe('Ewma', () => {
  it('takes the first sample as it is, and later ones by their weight', () => {
    const average = new Ewma(0.25);
    const values = [undefined, 8, 4, 4, 8].map((sample) => {
      if (sample !== undefined) average.add(sample);
      return average.value;
    });
    assert.deepEqual(values, [undefined, 8, 7, 6.25, 6.6875]);
  });
});
