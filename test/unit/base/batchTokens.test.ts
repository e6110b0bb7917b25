import assert from 'node:assert/strict';
import { batchTokens } from '../../../src/base/batchTokens.ts';

describe('tokens of a batch', () => {
  const rows: readonly [contextTokens: number, flash: number, plain: number][] = [
    [1_024, 512, 512],
    [4_096, 512, 512],
    [4_097, 512, 256],
    [8_192, 512, 256],
    [16_384, 512, 128],
    [16_385, 256, 64],
    [32_768, 256, 64],
    [65_536, 128, 32],
    [131_072, 64, 16],
    [2_000_000, 64, 16],
  ];
  for (const [contextTokens, flash, plain] of rows) {
    it(`${flash} with flash attention and ${plain} without in a context of ${contextTokens}`, () => {
      assert.equal(batchTokens(contextTokens, true), flash);
      assert.equal(batchTokens(contextTokens, false), plain);
    });
  }
});
