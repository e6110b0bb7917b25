import {
  CancellationTokenSource,
  ErrorCodes,
  type MessageConnection,
  ProgressType,
  ResponseError,
  createMessageConnection,
  type MessageReader,
  type MessageWriter,
} from 'vscode-jsonrpc';
import * as v from 'valibot';
import { onAbort } from '../base/abort.ts';
import type { Disposable } from '../base/disposable.ts';
import { ENGINE_ERROR_KINDS, EngineError } from './engineError.ts';
import type { Method, Params, Reply } from './protocol.ts';

/** Both directions of a connection. What stands behind them (fork, socket, memory) is the caller's. */
export interface Transport {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
}

export interface RequestOptions<P> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: P) => void;
}

/** Progress values are typed by the caller of `request`; the wire carries them as they are. */
export const progressType = new ProgressType<unknown>();

/** The host's end of a protocol `R`: a typed call per method, every call settled whatever becomes of the process. */
export class RpcClient<R> implements Disposable {
  private readonly _connection: MessageConnection;
  private _nextProgress = 1;
  private _closed = false;

  constructor(transport: Transport, onClose: () => void) {
    this._connection = createMessageConnection(transport.reader, transport.writer);
    this._connection.onError(() => undefined);
    this._connection.onClose(() => {
      this._closed = true;
      // vscode-jsonrpc settles nothing when the channel closes; disposing rejects all that is pending.
      this._connection.dispose();
      onClose();
    });
    this._connection.listen();
  }

  /**
   * @throws {@link EngineError}: what the process answered, or `engine-gone` when it is no longer there to answer.
   */
  async request<M extends Method<R>, P = never>(
    method: M,
    params: Params<R, M>,
    options: RequestOptions<P> = {},
  ): Promise<Reply<R, M>> {
    const caller = new EngineError('engine-gone', 'The engine process is gone.');
    if (this._closed) throw caller;
    if (options.signal?.aborted)
      throw new EngineError('cancelled', `${method} was cancelled before it was sent.`);
    const cancellation = new CancellationTokenSource();
    const progress = options.onProgress && this.listenToProgress(options.onProgress);
    const detach = options.signal && onAbort(options.signal, () => cancellation.cancel());
    try {
      return await this._connection.sendRequest<Reply<R, M>>(
        method,
        { params, progress: progress?.token },
        cancellation.token,
      );
    } catch (error) {
      throw toEngineError(error, caller);
    } finally {
      detach?.();
      progress?.dispose();
      cancellation.dispose();
    }
  }

  dispose(): void {
    if (this._closed) return;
    this._closed = true;
    this._connection.dispose();
  }

  private listenToProgress<P>(onProgress: (progress: P) => void): Disposable & { token: number } {
    const token = this._nextProgress++;
    const listener = this._connection.onProgress(progressType as ProgressType<P>, token, onProgress);
    return { token, dispose: () => listener.dispose() };
  }
}

const errorData = v.object({
  kind: v.picklist(ENGINE_ERROR_KINDS),
  details: v.record(v.string(), v.union([v.number(), v.string(), v.array(v.string())])),
});

function toEngineError(error: unknown, caller: EngineError): EngineError {
  if (error instanceof ResponseError) {
    const data = v.safeParse(errorData, error.data);
    if (data.success) {
      const known = new EngineError(data.output.kind, error.message, data.output.details, { cause: error });
      return withStackOf(caller, known);
    }
    if (error.code !== ErrorCodes.PendingResponseRejected && error.code !== ErrorCodes.MessageWriteError) {
      return withStackOf(caller, new EngineError('internal', error.message, {}, { cause: error }));
    }
  }
  return caller;
}

/** The error arrived from another process, whose stack says nothing about who asked. */
function withStackOf(caller: EngineError, error: EngineError): EngineError {
  if (caller.stack) error.stack = caller.stack.replace(/^.*$/m, `${error.name}: ${error.message}`);
  return error;
}
