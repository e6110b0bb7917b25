import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { getModuleVersion, GgufFileType, readGgufFileInfo } from 'node-llama-cpp';
import * as v from 'valibot';
import { bareLlama } from '../../support/bareLlama.ts';
import { EvalProblem } from '../../support/measure/evalProblem.ts';

/** What all samples of a folder have in common. */
export const RunInfo = v.object({
  model: v.object({
    name: v.string(),
    file: v.string(),
    sizeBytes: v.number(),
    sha256: v.string(),
    quantization: v.string(),
    architecture: v.string(),
  }),
  engine: v.string(),
  contextTokens: v.number(),
  threads: v.number(),
  seed: v.number(),
  processor: v.string(),
});
export type RunInfo = v.InferOutput<typeof RunInfo>;

export interface RunOptions {
  readonly model: string;
  readonly contextTokens: number;
  readonly threads: number;
  readonly seed: number;
}

const FILE = 'run.json';

/**
 * Notes in a new folder what it is about. In one that is there already it must be the same: half of the samples from
 * another model would make no figure.
 * @throws {@link EvalProblem}
 */
export async function beginRun(folder: string, options: RunOptions): Promise<void> {
  const info = await lookAt(options);
  await mkdir(folder, { recursive: true });
  const text = `${JSON.stringify(info, undefined, 2)}\n`;
  const before = await readFile(join(folder, FILE), 'utf8').catch(() => undefined);
  if (before === undefined) await writeFile(join(folder, FILE), text);
  else if (before !== text) {
    throw new EvalProblem(
      `${folder} holds samples of another model, engine or option:\n${before}This is\n${text}`,
    );
  }
}

/** @throws {@link EvalProblem} where there is none. */
export async function readRun(folder: string): Promise<RunInfo> {
  const path = join(folder, FILE);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) throw new EvalProblem(`There is no ${path}: no suite was run there.`);
  return v.parse(RunInfo, JSON.parse(text));
}

async function lookAt({ model, contextTokens, threads, seed }: RunOptions): Promise<RunInfo> {
  const found = await stat(model).catch(() => undefined);
  if (!found) throw new EvalProblem(`There is no ${model}.`);
  const { metadata } = await readGgufFileInfo(model, { sourceType: 'filesystem', logWarnings: false });
  const { general } = metadata;
  const llama = await bareLlama(1);
  const release = llama.llamaCppRelease.release;
  await llama.dispose();
  return {
    model: {
      name: general.name ?? basename(model),
      file: basename(model),
      sizeBytes: found.size,
      sha256: await sha256(model),
      quantization: quantizationOf(general.file_type),
      architecture: general.architecture,
    },
    engine: `node-llama-cpp ${await getModuleVersion()}, llama.cpp ${release}`,
    contextTokens,
    threads,
    seed,
    processor: cpus()[0]?.model ?? 'unknown',
  };
}

/** As llama.cpp names it: most of the weights are of this type. */
function quantizationOf(fileType: GgufFileType | undefined): string {
  const name = fileType === undefined ? undefined : GgufFileType[fileType];
  return name?.replace(/^(MOSTLY|ALL)_/, '') ?? 'unknown';
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
