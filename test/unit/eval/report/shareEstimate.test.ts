import assert from 'node:assert/strict';
import { shareEstimate } from '../../../eval/report/shareEstimate.ts';

describe('a share', () => {
  // Samples that passed, of how many, and the interval.
  const rows: [passed: number, of: number, low: string, high: string][] = [
    [0, 30, '0.000', '0.116'],
    [30, 30, '0.884', '1.000'],
    [0, 1, '0.000', '0.975'],
    [15, 30, '0.333', '0.700'],
  ];
  for (const [passed, of, low, high] of rows) {
    it(`${passed} of ${of}: ${low} to ${high}`, () => {
      const samples = Array.from({ length: of }, (_, index) => ({
        cluster: `${index}`,
        value: Number(index < passed),
      }));
      const estimate = shareEstimate(samples);
      assert.deepEqual([estimate.low.toFixed(3), estimate.high.toFixed(3)], [low, high]);
    });
  }
});
