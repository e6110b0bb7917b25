import { writeFile } from 'node:fs/promises';
import { readGgufFileInfo } from 'node-llama-cpp';
import {
  arrayValue,
  boolValue,
  floatValue,
  ggufBytes,
  type GgufTensor,
  INT32,
  textsValue,
  type Value,
} from './ggufBytes.ts';
import { STARTER } from './paths.ts';
import { seeded } from '../../src/base/seeded.ts';

/** Compressed KV as today's converter writes it, or full keys and values as files of 2024 have them. */
export type DeepseekLayout = 'mla' | 'legacy';

/** Small in everything but its window. KV of one token: (128 + 16) numbers a layer in the MLA layout. */
const SHAPE = {
  layers: 2,
  heads: 2,
  embedding: 64,
  feedForward: 64,
  kvRank: 128,
  rope: 16,
  nope: 16,
  value: 32,
};
const WINDOW_TOKENS = 163_840;
const ALIGNMENT_BYTES = 32;

interface Tensor {
  readonly name: string;
  readonly dimensions: readonly number[];
}

/**
 * Writes a GGUF file of the DeepSeek-V2 architecture with random weights: what llama.cpp does with it is what it does with
 * a real one of that layout, only sooner. Its vocabulary is the starter's; the text it writes is noise.
 * Names of tensors and keys: `src/models/deepseek2.cpp` and `src/llama-arch.cpp` of llama.cpp.
 */
export async function writeSyntheticDeepseek(path: string, layout: DeepseekLayout): Promise<void> {
  const { entries, vocabulary } = await tokenizerOfStarter();
  const tensors = tensorsOf(layout, vocabulary);
  let offset = 0;
  const placed: GgufTensor[] = [];
  for (const tensor of tensors) {
    placed.push({ ...tensor, offset });
    offset += 4 * elements(tensor);
  }
  const header = ggufBytes({ metadata: [...metadataOf(layout), ...entries], tensors: placed });
  const padding = Buffer.alloc(-header.length & (ALIGNMENT_BYTES - 1));
  await writeFile(path, Buffer.concat([header, padding, ...weightsOf(tensors)]));
}

function metadataOf(layout: DeepseekLayout): [string, Value][] {
  const { layers, heads, embedding, feedForward, kvRank, rope, nope, value } = SHAPE;
  const attention: [string, Value][] =
    layout === 'mla'
      ? [
          ['head_count_kv', 1],
          ['key_length', kvRank + rope],
          ['value_length', kvRank],
          ['key_length_mla', nope + rope],
          ['value_length_mla', value],
        ]
      : [
          ['head_count_kv', heads],
          ['key_length', nope + rope],
          ['value_length', value],
        ];
  const model: [string, Value][] = [
    ['context_length', WINDOW_TOKENS],
    ['embedding_length', embedding],
    ['block_count', layers],
    ['feed_forward_length', feedForward],
    ['leading_dense_block_count', layers],
    ['expert_feed_forward_length', feedForward],
    ['expert_shared_count', 1],
    ['rope.dimension_count', rope],
    ['rope.freq_base', floatValue(10_000)],
    ['attention.head_count', heads],
    ['attention.layer_norm_rms_epsilon', floatValue(1e-6)],
    ['attention.q_lora_rank', 0],
    ['attention.kv_lora_rank', kvRank],
    ...attention.map(([key, value]): [string, Value] => [`attention.${key}`, value]),
  ];
  return [
    ['general.architecture', 'deepseek2'],
    ['general.name', `Synthetic DeepSeek-V2, ${layout}`],
    ...model.map(([key, value]): [string, Value] => [`deepseek2.${key}`, value]),
  ];
}

async function tokenizerOfStarter(): Promise<{ entries: [string, Value][]; vocabulary: number }> {
  const { metadata } = await readGgufFileInfo(STARTER, { sourceType: 'filesystem', logWarnings: false });
  const { tokens, merges = [], token_type: types, ...rest } = metadata.tokenizer.ggml;
  const typeBytes = Buffer.from(Int32Array.from(types ?? []).buffer);
  return {
    vocabulary: tokens.length,
    entries: [
      ['tokenizer.ggml.model', rest.model],
      ['tokenizer.ggml.pre', rest.pre ?? ''],
      ['tokenizer.ggml.tokens', textsValue(tokens)],
      ['tokenizer.ggml.token_type', arrayValue(INT32, tokens.length, typeBytes)],
      ['tokenizer.ggml.merges', textsValue(merges)],
      ['tokenizer.ggml.bos_token_id', rest.bos_token_id ?? 0],
      ['tokenizer.ggml.eos_token_id', rest.eos_token_id ?? 0],
      ['tokenizer.ggml.add_bos_token', boolValue(true)],
    ],
  };
}

function tensorsOf(layout: DeepseekLayout, vocabulary: number): Tensor[] {
  const { layers, embedding } = SHAPE;
  const whole = { 'token_embd.weight': [embedding, vocabulary], 'output_norm.weight': [embedding] };
  const each = layerTensors(layout);
  return [
    ...named('', whole),
    ...Array.from({ length: layers }, (_, layer) => named(`blk.${layer}.`, each)).flat(),
  ];
}

/** Dimensions in GGUF's order, the one that varies fastest first. */
function layerTensors(layout: DeepseekLayout): Record<string, readonly number[]> {
  const { heads, embedding, feedForward, kvRank, rope, nope, value } = SHAPE;
  return {
    'attn_norm.weight': [embedding],
    'attn_kv_a_norm.weight': [kvRank],
    'attn_q.weight': [embedding, heads * (nope + rope)],
    'attn_kv_a_mqa.weight': [embedding, kvRank + rope],
    ...(layout === 'mla'
      ? { 'attn_k_b.weight': [nope, kvRank, heads], 'attn_v_b.weight': [kvRank, value, heads] }
      : { 'attn_kv_b.weight': [kvRank, heads * (nope + value)] }),
    'attn_output.weight': [heads * value, embedding],
    'ffn_norm.weight': [embedding],
    'ffn_gate.weight': [embedding, feedForward],
    'ffn_up.weight': [embedding, feedForward],
    'ffn_down.weight': [feedForward, embedding],
  };
}

function named(prefix: string, dimensionsByName: Readonly<Record<string, readonly number[]>>): Tensor[] {
  return Object.entries(dimensionsByName).map(([name, dimensions]) => ({ name: prefix + name, dimensions }));
}

function elements({ dimensions }: Tensor): number {
  return dimensions.reduce((product, dimension) => product * dimension, 1);
}

/** F32, little endian as every machine that this runs on. */
function weightsOf(tensors: readonly Tensor[]): Buffer[] {
  const random = seeded(1);
  return tensors.map((tensor) => {
    const isNorm = tensor.dimensions.length === 1;
    const scale = 2 / Math.sqrt(tensor.dimensions[0] ?? 1);
    const weights = Float32Array.from({ length: elements(tensor) }, () =>
      isNorm ? 1 : scale * (random() - 0.5),
    );
    return Buffer.from(weights.buffer);
  });
}
