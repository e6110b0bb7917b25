/** f16, the type llama.cpp keeps keys and values in unless told otherwise. */
const BYTES_EACH = 2;

/** What of a model's header decides how large its KV cache is. */
export interface KvShape {
  readonly layers: number;
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
  readonly totalBytes: number;
}

/** Bytes of KV cache for each token of context. Sliding windows are ignored: their whole cache is kept. */
export function kvBytesPerToken({ layers, kvHeads, keyLength, valueLength, latentLength }: KvShape): number {
  if (latentLength !== undefined) return latentLength * BYTES_EACH * layers;
  return (keyLength + valueLength) * kvHeads * BYTES_EACH;
}

/** Memory for a model's weights and for the context asked, which its own window caps. */
export function memoryNeed(
  weightsBytes: number,
  shape: KvShape & { readonly trainContextTokens: number },
  contextTokens: number,
): MemoryNeed {
  const kvBytes = kvBytesPerToken(shape) * Math.min(contextTokens, shape.trainContextTokens);
  return { weightsBytes, kvBytes, totalBytes: weightsBytes + kvBytes };
}
