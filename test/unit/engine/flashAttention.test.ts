import assert from 'node:assert/strict';
import { flashAttentionOf } from '../../../src/engine/llama/flashAttention.ts';

describe('flash attention', () => {
  const rows: readonly [
    gpu: false | string,
    isMla: boolean,
    asked: boolean | undefined,
    is: boolean | 'auto',
  ][] = [
    [false, true, undefined, true],
    [false, false, undefined, false],
    [false, true, false, false],
    [false, false, true, true],
    ['cuda', true, undefined, 'auto'],
    ['cuda', false, undefined, 'auto'],
    ['cuda', false, true, 'auto'],
    ['cuda', false, false, false],
    ['metal', true, true, 'auto'],
  ];
  for (const [gpu, isMla, asked, is] of rows) {
    const file = isMla ? 'compressed' : 'full';
    it(`${file} keys on ${gpu || 'the processor'}, asked for ${asked ?? 'nothing'}: ${is}`, () =>
      assert.equal(flashAttentionOf({ asked, gpu, isMla }), is));
  }
});
