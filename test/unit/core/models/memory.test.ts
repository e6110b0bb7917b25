import assert from 'node:assert/strict';
import { type KvShape, kvBytesPerToken, memoryNeed } from '../../../../src/core/models/memory.ts';
import { SUGGESTED_MODELS } from '../../../../src/core/models/suggestedModels.ts';

const GIB = 2 ** 30;

/** DeepSeek-Coder-V2-Lite as files of 2024 hold it, and as newer conversions do. */
const LEGACY: KvShape = { layers: 27, heads: 16, kvHeads: 27 * 16, keyLength: 192, valueLength: 128 };
const MLA: KvShape = {
  layers: 27,
  heads: 16,
  kvHeads: 27,
  keyLength: 576,
  valueLength: 512,
  latentLength: 576,
};

describe('memory of a model', () => {
  const rows: readonly [what: string, shape: KvShape, bytesPerToken: number][] = [
    ['DeepSeek-Coder-V2-Lite, full keys and values', LEGACY, 276_480],
    ['DeepSeek-Coder-V2-Lite, compressed', MLA, 31_104],
    ['SmolLM2-135M', { layers: 30, heads: 9, kvHeads: 90, keyLength: 64, valueLength: 64 }, 23_040],
    ['no attention at all', { layers: 24, heads: 1, kvHeads: 0, keyLength: 0, valueLength: 0 }, 0],
  ];
  for (const [what, shape, bytes] of rows) {
    it(`${what}: ${bytes} bytes a token`, () => assert.equal(kvBytesPerToken(shape), bytes));
  }

  // The table of llama.cpp's own figures for V2-Lite, in GiB.
  const contexts: readonly [contextTokens: number, mla: string, legacy: string][] = [
    [16_384, '0.47', '4.2'],
    [32_768, '0.95', '8.4'],
    [65_536, '1.9', '16.9'],
    [131_072, '3.8', '33.8'],
  ];
  for (const [contextTokens, mla, legacy] of contexts) {
    it(`${contextTokens} tokens: ${mla} GiB compressed, ${legacy} GiB full`, () => {
      const kvOf = (shape: KvShape) =>
        memoryNeed(0, { ...shape, trainContextTokens: 163_840 }, contextTokens).kvBytes / GIB;
      assert.equal(kvOf(MLA).toFixed(mla.length - 2), mla);
      assert.ok(Math.abs(kvOf(LEGACY) - Number(legacy)) < 0.06);
    });
  }

  it('has no more context than the model has', () => {
    const need = memoryNeed(1_000, { ...MLA, trainContextTokens: 100 }, 8_192);
    assert.deepEqual(need, {
      weightsBytes: 1_000,
      kvBytes: 3_110_400,
      workBytes: 30_122_400,
      totalBytes: 33_233_800,
    });
  });

  // What llama.cpp itself says of these shapes, less the cache (its simulation by GgufInsights), what ggml copies and what the engine takes.
  const SYNTHETIC = { layers: 2, heads: 2, keyLength: 32, valueLength: 32, trainContextTokens: 163_840 };
  const works: readonly [what: string, shape: Partial<KvShape>, contextTokens: number, megabytes: number][] =
    [
      ['compressed', { kvHeads: 2, latentLength: 144 }, 131_072, 73],
      ['compressed, in the batches of 8K', { kvHeads: 2, latentLength: 144 }, 8_192, 40],
      ['full', { kvHeads: 4 }, 131_072, 107],
      ['full, in the batches of 8K', { kvHeads: 4 }, 8_192, 82],
      ['no attention at all', { kvHeads: 0 }, 131_072, 56],
    ];
  for (const [what, shape, contextTokens, megabytes] of works) {
    it(`a batch against ${contextTokens} tokens, ${what}: ${megabytes} MB`, () => {
      const { workBytes } = memoryNeed(0, { kvHeads: 0, ...SYNTHETIC, ...shape }, contextTokens);
      assert.equal(Math.round(workBytes / 1e6), megabytes);
    });
  }

  const suggested: readonly [name: string, bytesPerToken: number][] = [
    ['Qwen2.5-Coder 0.5B Q8_0', 12_288],
    ['Qwen2.5-Coder 1.5B Q8_0', 28_672],
    ['Qwen2.5-Coder 7B Q8_0', 57_344],
    ['DeepSeek-Coder-V2-Lite-Instruct Q4_K_M', 276_480],
  ];
  it('is known of every suggested model', () => {
    assert.deepEqual(
      SUGGESTED_MODELS.map((model) => [model.name, kvBytesPerToken(model)]),
      suggested,
    );
  });
});
