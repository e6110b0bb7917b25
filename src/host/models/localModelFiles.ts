import { homedir, totalmem } from 'node:os';
import { Cancelled, raceAbort } from '../../base/abort.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import { parseModelAddress } from '../../core/models/modelAddress.ts';
import {
  type DownloadProgress,
  type FoundModel,
  type Inspection,
  ModelDownloadError,
  type ModelFiles,
  type RemoteModel,
} from '../../core/ports/modelFiles.ts';
import { EngineError } from '../../rpc/engineError.ts';
import { EngineConnection } from '../engineConnection.ts';
import type { ForkedProcess } from '../forkProcess.ts';
import { downloadProblem } from './downloadProblem.ts';
import { findModels } from './findModels.ts';
import { modelFolders } from './modelFolders.ts';

const STALL_TIMEOUT_MS = 60_000;

export interface LocalModelFilesOptions {
  readonly fork: () => Promise<ForkedProcess>;
  readonly version: string;
  /** Where downloads go. */
  readonly folder: string;
  readonly log: Log;
  readonly stallTimeoutMs?: number;
}

/** {@link ModelFiles} of this machine. Headers are read and files fetched in an engine process for each call. */
export class LocalModelFiles implements ModelFiles, Disposable {
  private readonly _options: LocalModelFilesOptions;
  private readonly _running = new Set<Promise<unknown>>();
  private _ended = new AbortController();
  private readonly _downloading = new Set</* address */ string>();

  constructor(options: LocalModelFilesOptions) {
    this._options = options;
  }

  async find(): Promise<readonly FoundModel[]> {
    const machine = { platform: process.platform, home: homedir(), env: process.env };
    const own = { source: 'Deepwell', path: this._options.folder, layout: 'files' } as const;
    return findModels([own, ...modelFolders(machine)], totalmem());
  }

  async inspect(paths: readonly string[], gpu: 'auto' | 'off', signal: AbortSignal): Promise<Inspection> {
    const { freeBytes, files } = await this.inEngine(signal, (engine, ending) =>
      engine.inspect(paths, gpu, ending),
    );
    const headers = paths.flatMap((path, index) => {
      const header = files[index];
      return header ? [[path, { ...header, sizeBytes: header.fileBytes }] as const] : [];
    });
    return { freeBytes, files: new Map(headers) };
  }

  async locate(address: string, signal: AbortSignal): Promise<RemoteModel> {
    const parsed = parsedAddress(address);
    return this.inEngine(signal, (engine, ending) => engine.locate(parsed, ending));
  }

  async download(
    address: string,
    onProgress: (progress: DownloadProgress) => void,
    signal: AbortSignal,
  ): Promise<string> {
    const parsed = parsedAddress(address);
    if (this._downloading.has(address)) {
      throw new ModelDownloadError('This model is being downloaded already.', false);
    }
    this._downloading.add(address);
    try {
      const params = {
        address: parsed,
        directory: this._options.folder,
        stallTimeoutMs: this._options.stallTimeoutMs ?? STALL_TIMEOUT_MS,
      };
      const reply = await this.inEngine(signal, (engine, ending) =>
        engine.download(params, onProgress, ending),
      );
      this._options.log.info(`Downloaded ${address} to ${reply.path}: ${JSON.stringify(reply)}`);
      return reply.path;
    } finally {
      this._downloading.delete(address);
    }
  }

  /** Ends every call under way; resolves when their processes are gone. Later calls work again. */
  async stop(): Promise<void> {
    this._ended.abort();
    this._ended = new AbortController();
    await Promise.allSettled(this._running);
  }

  dispose(): void {
    this._ended.abort();
  }

  private async inEngine<T>(
    signal: AbortSignal,
    work: (engine: EngineConnection, ending: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const running = this.runInEngine(signal, work);
    this._running.add(running);
    try {
      return await running;
    } finally {
      this._running.delete(running);
    }
  }

  /** Runs `work` in an engine process of its own, which has ended when this settles. */
  private async runInEngine<T>(
    signal: AbortSignal,
    work: (engine: EngineConnection, ending: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const ending = AbortSignal.any([signal, this._ended.signal]);
    if (ending.aborted) throw new Cancelled();
    try {
      const engine = await EngineConnection.open(await this._options.fork(), this._options.version);
      try {
        return await raceAbort(work(engine, ending), ending);
      } finally {
        await engine.close();
      }
    } catch (error) {
      if (ending.aborted) throw new Cancelled();
      if (!(error instanceof EngineError)) throw error;
      this._options.log.error('A model could not be looked at or fetched', error);
      throw downloadProblem(error);
    }
  }
}

function parsedAddress(address: string) {
  const parsed = parseModelAddress(address);
  if ('mistake' in parsed) throw new ModelDownloadError(`${address} is no address of a model.`, false);
  return parsed;
}
