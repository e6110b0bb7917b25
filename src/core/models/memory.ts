import { batchTokens } from '../../base/batchTokens.ts';

/** f16, the type llama.cpp keeps keys and values in unless told otherwise. */
const BYTES_EACH = 2;

/**
 * What an engine process takes for any model, beside its weights: llama.cpp's tables, a vocabulary, our own code's. With V8's garbage
 * collected; that comes and goes, up to 50 MB.
 */
const ENGINE_BYTES = 30e6;

/**
 * What glibc leaves between the buffers that grow with the prompt where attention is done without flash attention: 5 to 35 MB (fitted, see
 * docs/architecture.md). Those of more than 32 MB lie in pages of their own and leave nothing.
 */
const SCATTERED_BYTES = 17e6;

/**
 * What llama.cpp and the engine note of each token beside its keys and values: in a window that is full, which is what is predicted.
 * This and {@link ENGINE_BYTES} are between the two layouts of `npm run bench -- window` (121,016 tokens).
 */
const NOTED_BYTES_PER_TOKEN = 200;

/** What of a model's header decides how large its KV cache is. */
export interface KvShape {
  readonly layers: number;
  /** Query heads of one layer. */
  readonly heads: number;
  /** Key and value heads of all layers together: hybrid models have a different number in each. */
  readonly kvHeads: number;
  /** Numbers in the key, and in the value, of one head. */
  readonly keyLength: number;
  readonly valueLength: number;
  /**
   * Multi-head latent attention keeps one compressed vector a layer, of this many numbers (`kv_lora_rank` and rope
   * dimensions). Absent where the file holds full keys and values, as files of DeepSeek-V2 converted before 2025 do.
   */
  readonly latentLength?: number;
}

export interface MemoryNeed {
  readonly weightsBytes: number;
  readonly kvBytes: number;
  /** Scores and masks of one batch against all of the context, and what the engine takes for itself. */
  readonly workBytes: number;
  readonly totalBytes: number;
}

/** Bytes of KV cache for each token of context. Sliding windows are ignored: their whole cache is kept. */
export function kvBytesPerToken({ layers, kvHeads, keyLength, valueLength, latentLength }: KvShape): number {
  if (latentLength !== undefined) return latentLength * BYTES_EACH * layers;
  return (keyLength + valueLength) * kvHeads * BYTES_EACH;
}

/** Memory for a model's weights and for the context asked, which its own window caps, as the engine on a processor runs it. */
export function memoryNeed(
  weightsBytes: number,
  shape: KvShape & { readonly trainContextTokens: number },
  contextTokens: number,
): MemoryNeed {
  const tokens = Math.min(contextTokens, shape.trainContextTokens);
  const kvBytes = kvBytesPerToken(shape) * tokens;
  const workBytes = ENGINE_BYTES + NOTED_BYTES_PER_TOKEN * tokens + attentionBytes(shape, tokens);
  return { weightsBytes, kvBytes, workBytes, totalBytes: weightsBytes + kvBytes + workBytes };
}

/**
 * On a processor, one layer's at a time: flash attention, which compressed caches are run with, has an f16 mask, a number for each token of a
 * batch and each of the context. Without it there are an f32 mask and, of every head, f32 scores and their f16 copy, which ggml
 * multiplies the values with; the copy lies beside what llama.cpp counts (`work_data`).
 */
function attentionBytes({ heads, kvHeads, latentLength }: KvShape, contextTokens: number): number {
  if (kvHeads === 0) return 0;
  const isFlash = latentLength !== undefined;
  const scores = batchTokens(contextTokens, isFlash) * contextTokens;
  return isFlash ? 2 * scores : (4 + (4 + 2) * heads) * scores + SCATTERED_BYTES;
}
