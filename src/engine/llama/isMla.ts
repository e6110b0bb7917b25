import type { GgufFileInfo } from 'node-llama-cpp';

/**
 * Multi-head latent attention with compressed KV. Files of DeepSeek-V2 models converted before 2025 lack the key and
 * hold full keys and values; on a CPU flash attention helps the first kind and hurts every other at depth (measured).
 */
export function isMla(info: GgufFileInfo): boolean {
  const attention: unknown = info.architectureMetadata.attention;
  return typeof attention === 'object' && attention !== null && 'key_length_mla' in attention;
}
