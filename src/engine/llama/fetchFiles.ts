import { createModelDownloader, type ModelDownloader } from 'node-llama-cpp';
import { onAbort } from '../../base/abort.ts';
import { EngineError } from '../../rpc/engineError.ts';
import type { RemoteFile } from '../download/remoteFile.ts';
import { dropNotes } from './dropNotes.ts';

/** While the downloader knows no speed yet it says 35 days. */
const LONGEST_ESTIMATE_MS = 5 * 24 * 3600 * 1000;

interface FetchOptions {
  readonly files: readonly [RemoteFile, ...RemoteFile[]];
  readonly directory: string;
  readonly stallTimeoutMs: number;
  readonly signal: AbortSignal;
  readonly onProgress: (downloadedBytes: number, secondsLeft: number | undefined) => void;
}

/**
 * Fetches the files of one model with node-llama-cpp's downloader and returns their paths, not yet checked. What an
 * earlier try fetched is kept in `name.gguf.ipull` and not fetched again.
 *
 * The hub's storage is reached by addresses that are refused after an hour: then it is asked for a new one, as long as
 * each brings something.
 */
export async function fetchFiles(options: FetchOptions): Promise<readonly string[]> {
  const attempt = new Attempt(options);
  for (let before = -1; ; before = attempt.downloadedBytes) {
    try {
      const paths = await attempt.run();
      for (const [index, path] of paths.entries())
        await dropNotes(path, options.files[index]?.sizeBytes ?? 0);
      return paths;
    } catch (error) {
      if (!isRefused(error) || attempt.downloadedBytes <= before) throw error;
    }
  }
}

/** A download that ends with the signal, with a stall, or with an error that the downloader lets fall. */
class Attempt {
  downloadedBytes = 0;
  private readonly _options: FetchOptions;
  private _ending = new AbortController();

  constructor(options: FetchOptions) {
    this._options = options;
    // A write that fails on a full disk does so in a promise that nobody holds, and so do streams, which the download
    // itself hears of. The listener stays: both may happen after the end.
    process.on('unhandledRejection', (reason) => {
      if (statusOf(reason) === undefined) this._ending.abort(reason);
    });
  }

  async run(): Promise<readonly string[]> {
    const { files, directory, signal, stallTimeoutMs } = this._options;
    const ending = (this._ending = new AbortController());
    const detach = onAbort(signal, () => ending.abort(signal.reason));
    const stall = setTimeout(() => ending.abort(stalled(files[0].url, stallTimeoutMs)), stallTimeoutMs);
    let downloader: ModelDownloader | undefined;
    try {
      const created = createModelDownloader({
        modelUri: files[0].url,
        dirPath: directory,
        fileName: files[0].fileName,
        deleteTempFileOnCancel: false,
        onProgress: ({ downloadedSize, estimatedTimeLeft }) => {
          if (downloadedSize <= this.downloadedBytes) return;
          this.downloadedBytes = downloadedSize;
          stall.refresh();
          const known = estimatedTimeLeft > 0 && estimatedTimeLeft < LONGEST_ESTIMATE_MS;
          this._options.onProgress(downloadedSize, known ? estimatedTimeLeft / 1000 : undefined);
        },
      });
      downloader = await endable(created, ending.signal);
      await endable(downloader.download(), ending.signal);
      return downloader.filesInfo.map(({ filePath }) => filePath);
    } finally {
      clearTimeout(stall);
      detach();
      await downloader?.cancel({ deleteTempFile: false }).catch(() => undefined);
    }
  }
}

/** As `promise`, or rejects with the signal's reason: creating a downloader takes no signal, cancelling one resolves it. */
async function endable<T>(promise: Promise<T>, ending: AbortSignal): Promise<T> {
  let detach = (): void => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    detach = onAbort(ending, () => reject(asError(ending.reason)));
  });
  try {
    const value = await Promise.race([promise, ended]);
    ending.throwIfAborted();
    return value;
  } finally {
    detach();
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

function isRefused(error: unknown): boolean {
  const status = statusOf(error);
  return status === 401 || status === 403;
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : undefined;
}

function stalled(url: string, afterMs: number): EngineError {
  const { host } = new URL(url);
  const seconds = Math.max(1, Math.round(afterMs / 1000));
  return new EngineError('offline', `${host} has sent nothing for ${seconds} seconds.`, { host });
}
