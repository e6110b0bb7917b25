import assert from 'node:assert/strict';
import { batchTokens } from '../../../../src/core/models/batchTokens.ts';

describe('tokens of a batch', () => {
  const rows: readonly [contextTokens: number, batch: number][] = [
    [1_024, 512],
    [8_192, 512],
    [16_384, 512],
    [16_385, 256],
    [32_768, 256],
    [65_536, 128],
    [131_072, 64],
    [2_000_000, 64],
  ];
  for (const [contextTokens, batch] of rows) {
    it(`${batch} in a context of ${contextTokens}`, () => assert.equal(batchTokens(contextTokens), batch));
  }
});
