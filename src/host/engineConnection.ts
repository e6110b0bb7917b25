import { EngineError } from '../rpc/engineError.ts';
import {
  type ChatProgress,
  type ChatReply,
  type CompleteProgress,
  type CompleteReply,
  type DownloadReply,
  type DownloadReport,
  type EngineRequests,
  type EngineStatus,
  type InspectReply,
  type LoadProgress,
  type LocateReply,
  type MeasureReply,
  type ModelAddress,
  type ModelFacts,
  type ParamsOf,
  PROTOCOL_VERSION,
  type WarmUpReply,
} from '../rpc/engineProtocol.ts';
import { RpcClient } from '../rpc/rpcClient.ts';
import type { ForkedProcess } from './forkProcess.ts';
import { dismiss, greet } from './processLife.ts';
import { encodePrompt, SentSegments } from './promptSegments.ts';
import type { PromptPiece } from '../core/ports/model.ts';

export interface CompleteOptions {
  readonly pieces: readonly PromptPiece[];
  readonly heal: string;
  readonly skip?: number;
  readonly maxTokens: number;
  readonly stop: readonly string[];
  readonly signal: AbortSignal;
  readonly onText: (text: string, logProbability: number) => void;
}

/** One engine process from handshake to exit. */
export class EngineConnection {
  readonly pid: number | undefined;
  /** Settles when the process has ended. */
  readonly exited: Promise<string>;
  private readonly _process: ForkedProcess;
  private readonly _client: RpcClient<EngineRequests>;
  private readonly _sent = new SentSegments();
  private _answered = 0;

  private constructor(engine: ForkedProcess) {
    this._process = engine;
    this.pid = engine.pid;
    this.exited = engine.exited;
    this._client = new RpcClient(engine.transport, () => undefined);
    // A killed process may never close its channel: its exit settles what is pending.
    void engine.exited.then(() => this._client.dispose());
  }

  /** @throws EngineError `protocol` or `engine-gone`. */
  static async open(engine: ForkedProcess, clientVersion: string): Promise<EngineConnection> {
    const connection = new EngineConnection(engine);
    const hello = { protocol: PROTOCOL_VERSION, client: clientVersion };
    await greet(engine, () => connection._client.request('hello', hello));
    return connection;
  }

  async load(
    params: ParamsOf<'load'>,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<ModelFacts> {
    return this._client.request<'load', LoadProgress>('load', params, { onProgress, signal });
  }

  /** How many completions and conversations it gave text for, or had none for: what is enough for the caller is cancelled there. */
  get answered(): number {
    return this._answered;
  }

  async complete(model: string, options: CompleteOptions): Promise<CompleteReply> {
    const reply = await this.resending(() => this.sendComplete(model, options));
    if (reply.finish !== 'cancelled' || reply.generatedTokens > 0) this._answered++;
    return reply;
  }

  async chat(
    params: ParamsOf<'chat'>,
    onText: (text: string) => void,
    signal: AbortSignal,
  ): Promise<ChatReply> {
    const reply = await this._client.request<'chat', ChatProgress>('chat', params, {
      signal,
      onProgress: ({ text }) => onText(text),
    });
    if (reply.finish !== 'cancelled' || reply.generatedTokens > 0) this._answered++;
    return reply;
  }

  async chatTokens(params: ParamsOf<'chatTokens'>, signal: AbortSignal): Promise<number> {
    return (await this._client.request('chatTokens', params, { signal })).count;
  }

  /** @param budgetMs of work; null for no bound. */
  async warmUp(
    model: string,
    pieces: readonly PromptPiece[],
    budgetMs: number | null,
    signal: AbortSignal,
  ): Promise<WarmUpReply> {
    return this.resending(async () => {
      const { parts, newSegments } = encodePrompt(pieces, this._sent);
      const reply = await this._client.request('warmUp', { model, parts, newSegments, budgetMs }, { signal });
      this._sent.add(newSegments);
      return reply;
    });
  }

  async measure(params: ParamsOf<'measure'>, signal: AbortSignal): Promise<MeasureReply> {
    return this._client.request('measure', params, { signal });
  }

  async tokenize(model: string, text: string): Promise<number> {
    return (await this._client.request('tokenize', { model, text, countOnly: true })).count;
  }

  async inspect(paths: readonly string[], gpu: 'auto' | 'off', signal: AbortSignal): Promise<InspectReply> {
    return this._client.request('inspect', { paths: [...paths], gpu }, { signal });
  }

  async locate(address: ModelAddress, signal: AbortSignal): Promise<LocateReply> {
    return this._client.request('locate', { address }, { signal });
  }

  async download(
    params: ParamsOf<'download'>,
    onProgress: (progress: DownloadReport) => void,
    signal: AbortSignal,
  ): Promise<DownloadReply> {
    return this._client.request<'download', DownloadReport>('download', params, { onProgress, signal });
  }

  async status(): Promise<EngineStatus> {
    return this._client.request('status', {});
  }

  /** Asks the engine to leave, and kills it where it does not. */
  async close(): Promise<void> {
    await dismiss(this._process, () => this._client.request('shutdown', {}));
  }

  kill(): void {
    this._process.kill();
  }

  /** The engine may have forgotten segments, and says so: then all of them are sent again. */
  private async resending<T>(send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof EngineError && error.kind === 'unknown-segments')) throw error;
      this._sent.forget();
      return send();
    }
  }

  private async sendComplete(model: string, options: CompleteOptions): Promise<CompleteReply> {
    const { parts, newSegments } = encodePrompt(options.pieces, this._sent);
    const { heal, skip = 0, maxTokens, stop, signal } = options;
    const reply = await this._client.request<'complete', CompleteProgress>(
      'complete',
      { model, parts, newSegments, heal, skip, maxTokens, stop: [...stop] },
      { signal, onProgress: ({ text, logProbability }) => options.onText(text, logProbability) },
    );
    this._sent.add(newSegments);
    return reply;
  }
}
