import type { KvShape } from '../models/memory.ts';

/** Model files: those on this machine, and those that can be fetched. What features know of disks and of the network. */
export interface ModelFiles {
  /** Files that other programs or Deepwell have put on this machine, the likeliest first. Never rejects. */
  find(): Promise<readonly FoundModel[]>;
  /**
   * Reads the headers of files, and how much memory is free, that of the GPU included unless it is off.
   * @throws {@link Cancelled} when `signal` aborts.
   */
  inspect(paths: readonly string[], gpu: 'auto' | 'off', signal: AbortSignal): Promise<Inspection>;
  /**
   * What is behind an address, without fetching it.
   * @throws {@link ModelDownloadError}, or {@link Cancelled} when `signal` aborts.
   */
  locate(address: string, signal: AbortSignal): Promise<RemoteModel>;
  /**
   * Fetches a model, going on where an earlier try ended, and resolves with the path of its first file.
   * @throws {@link ModelDownloadError}, or {@link Cancelled} when `signal` aborts; what was fetched is kept.
   */
  download(
    address: string,
    onProgress: (progress: DownloadProgress) => void,
    signal: AbortSignal,
  ): Promise<string>;
}

export interface FoundModel {
  /** The first file, where the model has several. */
  readonly path: string;
  readonly name: string;
  /** All of its files. */
  readonly sizeBytes: number;
  /** Whose folder it lies in: `Ollama`, `LM Studio`. */
  readonly source: string;
}

export interface Inspection {
  readonly freeBytes: number;
  /** By path; those whose header cannot be read are absent. */
  readonly files: ReadonlyMap</* path */ string, ModelHeader>;
}

export interface ModelHeader extends KvShape {
  /** Bytes of all files of the model. */
  readonly sizeBytes: number;
  readonly trainContextTokens: number;
  /** Not an embedding model, an adapter or the image half of one. */
  readonly writesText: boolean;
}

export interface RemoteModel {
  readonly fileName: string;
  /** Of all files; 0 where the server does not say. */
  readonly sizeBytes: number;
}

export interface DownloadProgress {
  readonly phase: 'downloading' | 'checking';
  readonly totalBytes: number;
  readonly downloadedBytes: number;
  /** Absent while it cannot be guessed. */
  readonly secondsLeft?: number;
}

/** A download that did not work, in words for the user, with whether the same could work later. */
export class ModelDownloadError extends Error {
  readonly retry: boolean;

  constructor(message: string, retry: boolean, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ModelDownloadError';
    this.retry = retry;
  }
}
