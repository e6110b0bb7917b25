import type { KvShape } from './memory.ts';

/** A model worth downloading, offered where it fits. */
export interface SuggestedModel extends KvShape {
  readonly name: string;
  readonly address: string;
  readonly sizeBytes: number;
  readonly licence: string;
  readonly trainContextTokens: number;
}

/** Few, each of another size. All fill in the middle, and none forbids commercial use. */
export const SUGGESTED_MODELS: readonly SuggestedModel[] = [
  {
    name: 'Qwen2.5-Coder 0.5B Q8_0',
    address: 'hf:ggml-org/Qwen2.5-Coder-0.5B-Q8_0-GGUF:Q8_0',
    sizeBytes: 531_068_128,
    licence: 'Apache-2.0',
    ...grouped(24, 14, 2, 64),
  },
  {
    name: 'Qwen2.5-Coder 1.5B Q8_0',
    address: 'hf:ggml-org/Qwen2.5-Coder-1.5B-Q8_0-GGUF:Q8_0',
    sizeBytes: 1_646_573_056,
    licence: 'Apache-2.0',
    ...grouped(28, 12, 2, 128),
  },
  {
    name: 'Qwen2.5-Coder 7B Q8_0',
    address: 'hf:ggml-org/Qwen2.5-Coder-7B-Q8_0-GGUF:Q8_0',
    sizeBytes: 8_098_525_600,
    licence: 'Apache-2.0',
    ...grouped(28, 28, 4, 128),
  },
  {
    name: 'DeepSeek-Coder-V2-Lite-Instruct Q4_K_M',
    address: 'hf:bartowski/DeepSeek-Coder-V2-Lite-Instruct-GGUF:Q4_K_M',
    sizeBytes: 10_364_416_768,
    licence: 'DeepSeek License 1.0',
    // This file keeps full keys and values: 276,480 bytes a token.
    layers: 27,
    heads: 16,
    kvHeads: 27 * 16,
    keyLength: 192,
    valueLength: 128,
    trainContextTokens: 163_840,
  },
];

function grouped(layers: number, heads: number, kvHeadsEach: number, headLength: number) {
  return {
    layers,
    heads,
    kvHeads: layers * kvHeadsEach,
    keyLength: headLength,
    valueLength: headLength,
    trainContextTokens: 32_768,
  };
}
