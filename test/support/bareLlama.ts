import { getLlama, type Llama, LlamaLogLevel } from 'node-llama-cpp';

/** llama.cpp in this process, with the binaries that the package brings and on the processor only, as the engine has it here. */
export function bareLlama(threads: number): Promise<Llama> {
  return getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    maxThreads: threads,
    logLevel: LlamaLogLevel.error,
  });
}
