import {
  type CancellationToken,
  createMessageConnection,
  ErrorCodes,
  type MessageConnection,
  ResponseError,
} from 'vscode-jsonrpc';
import * as v from 'valibot';
import { describeError, type Log } from '../base/log.ts';
import { EngineError } from './engineError.ts';
import { type EngineMethod, PARAMS_SCHEMAS, type ParamsOf, type ReplyOf } from './engineProtocol.ts';
import { progressType, type Transport } from './rpcClient.ts';

/** What a handler gets besides its parameters. */
export interface CallContext {
  /** Aborted when the caller no longer wants the reply, or is gone. */
  readonly signal: AbortSignal;
  readonly report: (progress: unknown) => void;
}

export type Handlers = {
  readonly [M in EngineMethod]: (params: ParamsOf<M>, context: CallContext) => Promise<ReplyOf<M>>;
};

const envelope = v.object({ params: v.unknown(), progress: v.optional(v.number()) });

/** Serves `handlers` until the transport closes. Every request gets its reply or one {@link EngineError}. */
export function serve(transport: Transport, handlers: Handlers, log: Log, onClose: () => void): void {
  const connection = createMessageConnection(transport.reader, transport.writer);
  const gone = new AbortController();
  connection.onError(([error]) => log.error('The connection failed', error));
  connection.onClose(() => {
    gone.abort();
    onClose();
  });
  register(connection, 'hello', handlers, gone.signal, log);
  register(connection, 'load', handlers, gone.signal, log);
  register(connection, 'unload', handlers, gone.signal, log);
  register(connection, 'complete', handlers, gone.signal, log);
  register(connection, 'tokenize', handlers, gone.signal, log);
  register(connection, 'status', handlers, gone.signal, log);
  register(connection, 'shutdown', handlers, gone.signal, log);
  connection.listen();
}

function register<M extends EngineMethod>(
  connection: MessageConnection,
  method: M,
  handlers: Handlers,
  gone: AbortSignal,
  log: Log,
): void {
  const handler = handlers[method];
  const schema = PARAMS_SCHEMAS[method];
  connection.onRequest(method, async (message: unknown, token: CancellationToken) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => cancel.abort());
    try {
      const { params, progress } = v.parse(envelope, message);
      return await handler(v.parse(schema, params), {
        signal: AbortSignal.any([cancel.signal, gone]),
        report: (value) => {
          if (progress === undefined || gone.aborted) return;
          void connection.sendProgress(progressType, progress, value).catch(() => undefined);
        },
      });
    } catch (error) {
      return toResponseError(error, method, log);
    }
  });
}

function toResponseError(error: unknown, method: string, log: Log): ResponseError<unknown> {
  const known = error instanceof EngineError ? error : asEngineError(error, method, log);
  return new ResponseError(ErrorCodes.InternalError, known.message, {
    kind: known.kind,
    details: known.details,
  });
}

function asEngineError(error: unknown, method: string, log: Log): EngineError {
  log.error(`${method} failed`, error);
  if (error instanceof v.ValiError) return new EngineError('bad-request', `${method}: ${error.message}`);
  return new EngineError('internal', `${method}: ${describeError(error).split('\n', 1)[0]}`);
}
