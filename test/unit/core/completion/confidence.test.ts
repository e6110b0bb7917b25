import assert from 'node:assert/strict';
import { judge } from '../../../../src/core/completion/confidence.ts';

describe('confidence', () => {
  const rows: readonly [
    probabilities: readonly number[],
    threshold: number,
    confidence: number,
    isShown: boolean,
  ][] = [
    [[0.5, 0.5], 0.2, 0.25, true],
    [[0.5, 0.5], 0.3, 0.25, false],
    [[1, 1, 1, 1], 0.9, 1, true],
    [[0.9, 0.1, 0.9], 0.1, 0.081, false],
    [[0, 1], 0.01, 0, false],
    [[0, 1], 0, 0, true],
    [[], 0.5, 1, true],
  ];
  for (const [probabilities, threshold, confidence, isShown] of rows) {
    it(`[${probabilities.join(' ')}] against ${threshold}: ${isShown ? 'shown' : 'not shown'}`, () => {
      const verdict = judge(probabilities.map(Math.log), threshold);
      assert.equal(verdict.isShown, isShown);
      assert.ok(Math.abs(verdict.confidence - confidence) < 1e-9, String(verdict.confidence));
      assert.deepEqual([verdict.threshold, verdict.tokens], [threshold, probabilities.length]);
    });
  }
});
