import { readGgufFileInfo } from 'node-llama-cpp';

/** Whether the engine would turn flash attention on for this file on a CPU (src/engine/llama/llamaBinding.ts). */
export async function isMlaFile(path: string): Promise<boolean> {
  const { architectureMetadata } = await readGgufFileInfo(path, {
    sourceType: 'filesystem',
    logWarnings: false,
  });
  const attention: unknown = architectureMetadata.attention;
  return typeof attention === 'object' && attention !== null && 'key_length_mla' in attention;
}
