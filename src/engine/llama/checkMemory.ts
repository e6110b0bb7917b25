import { type GgufFileInfo, GgufInsights, type Llama, type LlamaModel } from 'node-llama-cpp';
import { EngineError } from '../../rpc/engineError.ts';
import { availableBytes } from './availableBytes.ts';

interface Need {
  readonly info: GgufFileInfo;
  readonly llama: Llama;
  readonly fileBytes: number;
  readonly contextTokens: number;
  readonly batchTokens: number;
  readonly flashAttention: boolean | 'auto';
}

/**
 * Refuses a model whose weights and KV cache do not fit in free memory, with the numbers. With a GPU the library itself
 * splits the layers to fit and refuses what cannot; only the file's size against all of memory is checked then.
 * @throws EngineError `not-enough-memory`.
 */
export async function checkMemory(need: Need): Promise<void> {
  const freeBytes =
    availableBytes() + (need.llama.gpu === false ? 0 : (await need.llama.getVramState()).free);
  const forContextBytes =
    need.llama.gpu === false && need.fileBytes <= freeBytes ? await estimateContext(need) : 0;
  const neededBytes = need.fileBytes + forContextBytes;
  if (neededBytes <= freeBytes) return;
  throw new EngineError(
    'not-enough-memory',
    `The model needs ${gigabytes(neededBytes)} (${gigabytes(need.fileBytes)} for weights, ` +
      `${gigabytes(forContextBytes)} for a context of ${need.contextTokens} tokens), ${gigabytes(freeBytes)} are free.`,
    { neededBytes, freeBytes, fileBytes: need.fileBytes, contextBytes: forContextBytes },
  );
}

/**
 * Refuses a further context of a loaded model where it does not fit in free memory. With a GPU the library itself refuses.
 * @throws EngineError `not-enough-memory`.
 */
export async function checkContextMemory(
  model: LlamaModel,
  need: Pick<Need, 'contextTokens' | 'batchTokens' | 'flashAttention'>,
): Promise<void> {
  if (model.llama.gpu !== false) return;
  const neededBytes = await contextBytes(model.fileInsights, need);
  const freeBytes = availableBytes();
  if (neededBytes <= freeBytes) return;
  throw new EngineError(
    'not-enough-memory',
    `A conversation needs ${gigabytes(neededBytes)} for a context of ${need.contextTokens} tokens of its own, ` +
      `${gigabytes(freeBytes)} are free.`,
    { neededBytes, freeBytes, contextBytes: neededBytes },
  );
}

/** Memory of one context on the processor, as llama.cpp itself would lay it out. Takes some 20 ms. */
export async function contextBytes(
  insights: GgufInsights,
  need: Pick<Need, 'contextTokens' | 'batchTokens' | 'flashAttention'>,
): Promise<number> {
  const estimate = await insights.estimateContextResourceRequirementsV2({
    contextSize: need.contextTokens,
    modelGpuLayers: 0,
    batchSize: need.batchTokens,
    sequences: 1,
    flashAttention: need.flashAttention,
    swaFullCache: true,
  });
  return estimate.cpuRam;
}

async function estimateContext(need: Need): Promise<number> {
  return contextBytes(await GgufInsights.from(need.info, need.llama), need);
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
