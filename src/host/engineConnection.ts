import { EngineError } from '../rpc/engineError.ts';
import {
  type CompleteProgress,
  type CompleteReply,
  type EngineStatus,
  type LoadProgress,
  type ModelFacts,
  type ParamsOf,
  PROTOCOL_VERSION,
} from '../rpc/engineProtocol.ts';
import { RpcClient } from '../rpc/rpcClient.ts';
import type { EngineProcess } from './forkEngine.ts';
import { encodePrompt, SentSegments } from './promptSegments.ts';
import type { PromptPiece } from '../core/ports/model.ts';

/** How long a new engine may take to answer `hello`; longer means that its channel does not work. */
const HELLO_DEADLINE_MS = 30_000;

/** How long an engine may take to free its memory and leave before it is killed. */
const SHUTDOWN_DEADLINE_MS = 3_000;

export interface CompleteOptions {
  readonly pieces: readonly PromptPiece[];
  readonly heal: boolean;
  readonly maxTokens: number;
  readonly stop: readonly string[];
  readonly signal: AbortSignal;
  readonly onText: (text: string) => void;
}

/** One engine process from handshake to exit. */
export class EngineConnection {
  readonly pid: number | undefined;
  /** Settles when the process has ended. */
  readonly exited: Promise<string>;
  private readonly _process: EngineProcess;
  private readonly _client: RpcClient;
  private readonly _sent = new SentSegments();

  private constructor(engine: EngineProcess) {
    this._process = engine;
    this.pid = engine.pid;
    this.exited = engine.exited;
    this._client = new RpcClient(engine.transport, () => undefined);
    // A killed process may never close its channel: its exit settles what is pending.
    void engine.exited.then(() => this._client.dispose());
  }

  /** @throws EngineError `protocol` or `engine-gone`. */
  static async open(engine: EngineProcess, clientVersion: string): Promise<EngineConnection> {
    const connection = new EngineConnection(engine);
    // Its death settles the request: an engine that hangs would never answer, nor hear that nobody waits.
    const killing = setTimeout(() => engine.kill(), HELLO_DEADLINE_MS);
    try {
      await connection._client.request('hello', { protocol: PROTOCOL_VERSION, client: clientVersion });
      return connection;
    } catch (error) {
      engine.kill();
      throw error;
    } finally {
      clearTimeout(killing);
    }
  }

  async load(
    params: ParamsOf<'load'>,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<ModelFacts> {
    return this._client.request<'load', LoadProgress>('load', params, { onProgress, signal });
  }

  async complete(model: string, options: CompleteOptions): Promise<CompleteReply> {
    try {
      return await this.send(model, options);
    } catch (error) {
      if (!(error instanceof EngineError && error.kind === 'unknown-segments')) throw error;
      this._sent.forget();
      return this.send(model, options);
    }
  }

  async tokenize(model: string, text: string): Promise<number> {
    return (await this._client.request('tokenize', { model, text, countOnly: true })).count;
  }

  async status(): Promise<EngineStatus> {
    return this._client.request('status', {});
  }

  /** Asks the engine to leave, and kills it where it does not. */
  async close(): Promise<void> {
    const killing = setTimeout(() => this._process.kill(), SHUTDOWN_DEADLINE_MS);
    try {
      await this._client.request('shutdown', {}).catch(() => this._process.kill());
      await this.exited;
    } finally {
      clearTimeout(killing);
    }
  }

  kill(): void {
    this._process.kill();
  }

  private async send(model: string, options: CompleteOptions): Promise<CompleteReply> {
    const { parts, newSegments } = encodePrompt(options.pieces, this._sent);
    const { heal, maxTokens, stop, signal } = options;
    const reply = await this._client.request<'complete', CompleteProgress>(
      'complete',
      { model, parts, newSegments, heal, maxTokens, stop: [...stop] },
      { signal, onProgress: ({ text }) => options.onText(text) },
    );
    this._sent.add(newSegments);
    return reply;
  }
}
