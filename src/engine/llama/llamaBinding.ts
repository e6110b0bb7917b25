import { availableParallelism } from 'node:os';
import {
  type GgufFileInfo,
  getLlama,
  type Llama,
  LlamaLogLevel,
  type LlamaModel,
  readGgufFileInfo,
} from 'node-llama-cpp';
import { batchTokens } from '../../base/batchTokens.ts';
import { describeError, type Log } from '../../base/log.ts';
import { EngineError } from '../../rpc/engineError.ts';
import type {
  DownloadReply,
  DownloadReport,
  InspectReply,
  LoadProgress,
  LocateReply,
  ModelAddress,
  ModelHeader,
  ParamsOf,
} from '../../rpc/engineProtocol.ts';
import type { Binding, BoundModel } from '../binding.ts';
import { locateFiles } from '../download/locateFiles.ts';
import { availableBytes } from './availableBytes.ts';
import { checkFile } from './checkFile.ts';
import { checkMemory } from './checkMemory.ts';
import { download } from './download.ts';
import { inspectModel } from './inspect.ts';
import { flashAttentionOf } from './flashAttention.ts';
import { isMla } from './isMla.ts';
import { LlamaBoundModel } from './llamaModel.ts';
import { loadError } from './loadError.ts';
import { modelFiles } from './modelFiles.ts';

/** A GPU's memory is shared out by the library, which counts on its own default. */
const GPU_BATCH_TOKENS = 512;

type LoadOptions = ParamsOf<'load'>;

/** {@link Binding} on node-llama-cpp, with the options our measurements found to matter (docs/architecture.md). */
export class LlamaBinding implements Binding {
  readonly name = 'node-llama-cpp';
  private readonly _log: Log;
  private readonly _runtimes = new Map<string, Promise<Llama>>();
  /** llama.cpp's last lines: it explains a failed load there and nowhere else. */
  private _lastLines: string[] = [];

  constructor(log: Log) {
    this._log = log;
  }

  async load(
    options: LoadOptions,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<BoundModel> {
    onProgress({ phase: 'reading', fraction: 0 });
    const files = modelFiles(options.path);
    const path = files[0];
    let fileBytes = 0;
    for (const file of files) fileBytes += await checkFile(file);
    const info = await this.readHeader(path, signal);
    const threads = options.threads || Math.max(1, availableParallelism() - 1);
    const llama = await this.runtime(options.gpu, threads);
    const contextTokens = Math.min(options.contextTokens, trainContextTokens(info));
    const flashAttention = flashAttentionOf({
      asked: options.flashAttention,
      gpu: llama.gpu,
      isMla: isMla(info),
    });
    const largestBatch =
      llama.gpu === false ? batchTokens(contextTokens, flashAttention === true) : GPU_BATCH_TOKENS;
    const batchSize = Math.min(contextTokens, largestBatch);
    await checkMemory({ info, llama, fileBytes, contextTokens, batchTokens: batchSize, flashAttention });
    throwIfCancelled(signal);
    onProgress({ phase: 'weights', fraction: 0.05 });
    const model = await this.loadWeights(llama, path, contextTokens, onProgress, signal);
    try {
      onProgress({ phase: 'context', fraction: 0.9 });
      const contextOptions = {
        contextSize: contextTokens,
        sequences: 1,
        batchSize,
        flashAttention,
        threads,
        // A sliding-window model keeps its whole cache, or no earlier prefix could be returned to.
        swaFullCache: true,
        failedCreationRemedy: false,
      } as const;
      const context = await model.createContext({ ...contextOptions, createSignal: signal });
      const bound = new LlamaBoundModel(model, context, {
        ...{ fileBytes, threads, contextOptions },
        probe: options.probe,
      });
      onProgress({ phase: 'warm-up', fraction: 0.95 });
      return bound;
    } catch (error) {
      await model.dispose();
      throw loadError(error, signal, this._lastLines, path);
    }
  }

  async inspect(options: ParamsOf<'inspect'>, signal: AbortSignal): Promise<InspectReply> {
    const files: (ModelHeader | null)[] = [];
    for (const path of options.paths) {
      throwIfCancelled(signal);
      files.push(await inspectModel(path, signal).catch(() => null));
    }
    throwIfCancelled(signal);
    return { freeBytes: availableBytes() + (options.gpu === 'off' ? 0 : await this.freeGpuBytes()), files };
  }

  async locate(address: ModelAddress, signal: AbortSignal): Promise<LocateReply> {
    const files = await locateFiles(address, signal);
    return { fileName: files[0].fileName, sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0) };
  }

  async download(
    options: ParamsOf<'download'>,
    onProgress: (progress: DownloadReport) => void,
    signal: AbortSignal,
  ): Promise<DownloadReply> {
    try {
      return await download(options, onProgress, signal);
    } catch (error) {
      // What crosses to the host is a sentence; here is the whole of it.
      if (!signal.aborted) this._log.warn(`A download failed: ${describeError(error)}`);
      throw error;
    }
  }

  private async freeGpuBytes(): Promise<number> {
    try {
      const llama = await this.runtime('auto', 1);
      return llama.gpu === false ? 0 : (await llama.getVramState()).free;
    } catch (error) {
      this._log.warn(`The GPU's memory is not known: ${describeError(error)}`);
      return 0;
    }
  }

  private async readHeader(path: string, signal: AbortSignal): Promise<GgufFileInfo> {
    try {
      const info = await readGgufFileInfo(path, { sourceType: 'filesystem', logWarnings: false, signal });
      // Typed as always there, but it is as the file has it.
      if (!info.metadata.general?.architecture) throw new Error('The header names no architecture.');
      return info;
    } catch (error) {
      if (signal.aborted) throw new EngineError('cancelled', 'Loading was cancelled.');
      throw new EngineError(
        'truncated',
        `The model file ${path} is incomplete or damaged: its header cannot be read.`,
        { path },
        { cause: error },
      );
    }
  }

  private async loadWeights(
    llama: Llama,
    path: string,
    contextTokens: number,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<LlamaModel> {
    this._lastLines = [];
    try {
      return await llama.loadModel({
        modelPath: path,
        gpuLayers: llama.gpu === false ? 0 : { fitContext: { contextSize: contextTokens } },
        loadSignal: signal,
        onLoadProgress: (fraction) => onProgress({ phase: 'weights', fraction: 0.05 + 0.85 * fraction }),
      });
    } catch (error) {
      throw loadError(error, signal, this._lastLines, path);
    }
  }

  private async runtime(gpu: LoadOptions['gpu'], threads: number): Promise<Llama> {
    const key = `${gpu}:${threads}`;
    const started = this._runtimes.get(key) ?? this.startRuntime(gpu, threads);
    this._runtimes.set(key, started);
    try {
      return await started;
    } catch (error) {
      this._runtimes.delete(key);
      throw new EngineError(
        'no-binary',
        `No llama.cpp binary for ${process.platform}-${process.arch} could be loaded.`,
        {},
        { cause: error },
      );
    }
  }

  private async startRuntime(gpu: LoadOptions['gpu'], threads: number): Promise<Llama> {
    return getLlama({
      gpu: gpu === 'auto' ? 'auto' : false,
      build: 'never',
      skipDownload: true,
      maxThreads: threads,
      logLevel: LlamaLogLevel.warn,
      logger: (level, message) => {
        this._lastLines = [...this._lastLines.slice(-50), message];
        this._log.debug(`llama.cpp ${level}: ${message.trimEnd()}`);
      },
    });
  }
}

function trainContextTokens(info: GgufFileInfo): number {
  const length: unknown = info.architectureMetadata.context_length;
  return typeof length === 'number' && length > 0 ? length : Number.MAX_SAFE_INTEGER;
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new EngineError('cancelled', 'Loading was cancelled.');
}
