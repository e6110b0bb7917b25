import {
  INDEX_PROTOCOL_VERSION,
  type IndexParamsOf,
  type IndexRequests,
  type WalkProgress,
  type WalkReply,
} from '../rpc/indexProtocol.ts';
import type { Method, Params, Reply } from '../rpc/protocol.ts';
import { RpcClient } from '../rpc/rpcClient.ts';
import type { ForkedProcess } from './forkProcess.ts';
import { dismiss, greet } from './processLife.ts';

/** One index process from handshake to exit. */
export class IndexConnection {
  /** Settles when the process has ended. */
  readonly exited: Promise<string>;
  private readonly _process: ForkedProcess;
  private readonly _client: RpcClient<IndexRequests>;

  private constructor(index: ForkedProcess) {
    this._process = index;
    this.exited = index.exited;
    this._client = new RpcClient(index.transport, () => undefined);
    // A killed process may never close its channel: its exit settles what is pending.
    void index.exited.then(() => this._client.dispose());
  }

  /** @throws EngineError `protocol` or `engine-gone`. */
  static async open(index: ForkedProcess, clientVersion: string): Promise<IndexConnection> {
    const connection = new IndexConnection(index);
    const hello = { protocol: INDEX_PROTOCOL_VERSION, client: clientVersion };
    await greet(index, () => connection._client.request('hello', hello));
    return connection;
  }

  /** @throws EngineError */
  async request<M extends Method<IndexRequests>>(
    method: M,
    params: Params<IndexRequests, M>,
    signal?: AbortSignal,
  ): Promise<Reply<IndexRequests, M>> {
    return this._client.request(method, params, { ...(signal && { signal }) });
  }

  /** @throws EngineError */
  async walk(
    params: IndexParamsOf<'walk'>,
    onProgress: (progress: WalkProgress) => void,
    signal: AbortSignal,
  ): Promise<WalkReply> {
    return this._client.request<'walk', WalkProgress>('walk', params, { onProgress, signal });
  }

  /** Asks the process to leave, and kills it where it does not. */
  async close(): Promise<void> {
    await dismiss(this._process, () => this._client.request('shutdown', {}));
  }
}
