import { join } from 'node:path';
import { SourceUnavailableError } from './errors.ts';
import { type FetchContext, fetchFailure } from './fetchContext.ts';
import type { HuggingFaceSource } from './sources.ts';
import { watchStall } from './stallWatch.ts';

/**
 * Fetches the file with node-llama-cpp's downloader into the work directory and returns its path, not yet hashed.
 * The downloader itself tries again for minutes and checks no hash, hence the probe before it and the stall watch
 * around it. Throws `SourceUnavailableError` where the next source should be tried.
 */
export async function fetchFromHuggingFace(
  source: HuggingFaceSource,
  context: FetchContext,
): Promise<string> {
  try {
    const endpoint = endpointOf(source);
    await probe(source, endpoint, context);
    return await download(source, endpoint, context);
  } catch (error) {
    throw fetchFailure(source.label, error, context);
  }
}

/** Reads the first four bytes: a captive portal answers 200 too, but not with `GGUF`. */
async function probe(source: HuggingFaceSource, endpoint: string, context: FetchContext): Promise<void> {
  const { repository, revision, file } = source;
  const timeout = AbortSignal.timeout(context.probeTimeoutMs);
  const response = await fetch(new URL(`${repository}/resolve/${revision}/${file}`, endpoint), {
    headers: { range: 'bytes=0-3' },
    signal: context.signal === undefined ? timeout : AbortSignal.any([context.signal, timeout]),
  });
  const reader = response.body?.getReader();
  let start = Buffer.alloc(0);
  while (response.ok && reader !== undefined && start.length < 4) {
    const chunk: { done: boolean; value?: Uint8Array } = await reader.read();
    if (chunk.value === undefined) {
      break;
    }
    start = Buffer.concat([start, chunk.value]);
  }
  await reader?.cancel();
  if (!response.ok) {
    throw new SourceUnavailableError(source.label, `HTTP ${response.status}`);
  }
  if (start.toString('latin1', 0, 4) !== 'GGUF') {
    throw new SourceUnavailableError(source.label, 'the answer is not a GGUF file');
  }
}

async function download(source: HuggingFaceSource, endpoint: string, context: FetchContext): Promise<string> {
  const { repository, revision, file } = source;
  // Imported late: it takes a quarter of a second, which a run with the model in place need not wait for.
  const { createModelDownloader } = await import('node-llama-cpp');
  using stall = watchStall(context.stallTimeoutMs, context.signal);
  let doneBytes = 0;
  const downloader = await abortable(
    createModelDownloader({
      modelUri: `hf:${repository}/${file}#${revision}`,
      dirPath: context.workDirectory,
      fileName: 'huggingFace.gguf',
      endpoints: { huggingFace: endpoint },
      onProgress({ downloadedSize }) {
        if (downloadedSize > doneBytes) {
          doneBytes = downloadedSize;
          stall.touch();
          context.progress.update(doneBytes);
        }
      },
    }),
    stall.signal,
  );
  context.progress.begin(`Fetching from ${source.label}`, downloader.totalSize || source.sizeBytes);
  try {
    await abortable(downloader.download(), stall.signal);
  } finally {
    context.progress.end();
    await downloader.cancel({ deleteTempFile: true });
  }
  return join(context.workDirectory, 'huggingFace.gguf');
}

/**
 * `promise`, or the signal's reason as soon as it aborts. Creating the downloader takes no signal, and a cancelled
 * download resolves as if it were done; a late rejection of `promise` is handled here by the race.
 */
async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(asError(signal.reason));
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) {
      onAbort();
    }
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

/** In node-llama-cpp's own order. */
function endpointOf(source: HuggingFaceSource): string {
  const { MODEL_ENDPOINT, HF_ENDPOINT } = process.env;
  const endpoint = source.endpoint ?? (MODEL_ENDPOINT || HF_ENDPOINT || 'https://huggingface.co/');
  return endpoint.endsWith('/') ? endpoint : `${endpoint}/`;
}
