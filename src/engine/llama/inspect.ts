import { type GgufFileInfo, readGgufFileInfo } from 'node-llama-cpp';
import type { ModelHeader } from '../../rpc/engineProtocol.ts';
import { checkFile } from './checkFile.ts';
import { modelFiles } from './modelFiles.ts';

/** The vocabulary is nearly all of a header, and not asked for here. */
const IGNORED_KEYS: readonly string[] = [
  'tokenizer.ggml.tokens',
  'tokenizer.ggml.merges',
  'tokenizer.ggml.scores',
  'tokenizer.ggml.token_type',
];

/** Architectures of llama.cpp that turn text or images into vectors. */
const WRITES_NO_TEXT = /^(clip|.*bert.*|t5encoder|gemma-embedding|wavtokenizer-dec)$/;

/**
 * What a model's header says about the memory it needs.
 * @throws EngineError as {@link checkFile} does, or Error where the header cannot be read.
 */
export async function inspectModel(path: string, signal: AbortSignal): Promise<ModelHeader> {
  const files = modelFiles(path);
  let fileBytes = 0;
  for (const file of files) fileBytes += await checkFile(file);
  const info = await readGgufFileInfo(files[0], {
    sourceType: 'filesystem',
    readTensorInfo: false,
    ignoreKeys: [...IGNORED_KEYS],
    logWarnings: false,
    signal,
  });
  return { fileBytes, ...headerFacts(info) };
}

/** Keys: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. All are as the file has them, so none is trusted. */
export function headerFacts(
  info: Pick<GgufFileInfo, 'metadata' | 'architectureMetadata'>,
): Omit<ModelHeader, 'fileBytes'> {
  const model = recordOf(info.architectureMetadata);
  const general = recordOf(info.metadata.general);
  const attention = recordOf(model['attention']);
  const layers = numberOf(model['block_count']) ?? 0;
  const heads = firstOf(attention['head_count']) ?? 1;
  const headLength = Math.floor((numberOf(model['embedding_length']) ?? 0) / heads);
  const latent = latentLength(attention, recordOf(model['rope']));
  const pooling = numberOf(model['pooling_type']) ?? 0;
  return {
    trainContextTokens: numberOf(model['context_length']) || Number.MAX_SAFE_INTEGER,
    writesText:
      pooling === 0 &&
      !WRITES_NO_TEXT.test(String(general['architecture'])) &&
      ['model', undefined].includes(textOf(general['type'])),
    layers,
    heads,
    kvHeads: sumOverLayers(attention['head_count_kv'] ?? heads, layers),
    keyLength: numberOf(attention['key_length']) ?? headLength,
    valueLength: numberOf(attention['value_length']) ?? headLength,
    ...(latent !== undefined && { latentLength: latent }),
  };
}

/** The key that files with a compressed cache have, and older conversions of the same models lack. */
function latentLength(attention: Values, rope: Values): number | undefined {
  if (attention['key_length_mla'] === undefined) return undefined;
  const rank = numberOf(attention['kv_lora_rank']);
  return rank === undefined ? undefined : rank + (numberOf(rope['dimension_count']) ?? 0);
}

/** One number for all layers, or one for each. */
function sumOverLayers(value: unknown, layers: number): number {
  if (!Array.isArray(value)) return (numberOf(value) ?? 0) * layers;
  return value.reduce<number>((sum, each) => sum + (numberOf(each) ?? 0), 0);
}

type Values = Readonly<Record<string, unknown>>;

function recordOf(value: unknown): Values {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function firstOf(value: unknown): number | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return numberOf(first) || undefined;
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
