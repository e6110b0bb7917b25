import {
  type CancellationToken,
  createMessageConnection,
  ErrorCodes,
  type MessageConnection,
  ResponseError,
} from 'vscode-jsonrpc';
import * as v from 'valibot';
import { onAbort } from '../base/abort.ts';
import { describeError, type Log } from '../base/log.ts';
import { EngineError } from './engineError.ts';
import type { Handlers, Method, Schemas } from './protocol.ts';
import { progressType, type Transport } from './rpcClient.ts';

const envelope = v.object({ params: v.unknown(), progress: v.optional(v.number()) });

/** One connection being served. */
interface Session<R> {
  readonly connection: MessageConnection;
  readonly schemas: Schemas<R>;
  readonly handlers: Handlers<R>;
  /** Aborted when the transport has closed. */
  readonly gone: AbortSignal;
  readonly log: Log;
  /** Whether `hello` has been answered: nothing else is before it. */
  greeted: boolean;
}

/** Serves `handlers` until the transport closes. Every request gets its reply or one {@link EngineError}. */
export function serve<R>(
  transport: Transport,
  schemas: Schemas<R>,
  handlers: Handlers<R>,
  log: Log,
  onClose: () => void,
): void {
  const connection = createMessageConnection(transport.reader, transport.writer);
  const gone = new AbortController();
  connection.onError(([error]) => log.error('The connection failed', error));
  connection.onClose(() => {
    gone.abort();
    onClose();
  });
  const session: Session<R> = { connection, schemas, handlers, gone: gone.signal, log, greeted: false };
  const isMethod = (name: string): name is Method<R> => Object.hasOwn(schemas, name);
  for (const method of Object.keys(schemas).filter(isMethod)) register(session, method);
  connection.listen();
}

function register<R>(session: Session<R>, method: Method<R>): void {
  const { connection, gone, log } = session;
  const handler = session.handlers[method];
  const schema = session.schemas[method];
  connection.onRequest(method, async (message: unknown, token: CancellationToken) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => cancel.abort());
    const detach = onAbort(gone, () => cancel.abort());
    try {
      if (!session.greeted && method !== 'hello') {
        throw new EngineError('protocol', `${method}: the first call must be hello.`);
      }
      const { params, progress } = v.parse(envelope, message);
      const reply = await handler(v.parse(schema, params), {
        signal: cancel.signal,
        report: (value) => {
          if (progress === undefined || gone.aborted) return;
          void connection.sendProgress(progressType, progress, value).catch(() => undefined);
        },
      });
      session.greeted = true;
      return reply;
    } catch (error) {
      return toResponseError(error, method, log);
    } finally {
      detach();
    }
  });
}

function toResponseError(error: unknown, method: string, log: Log): ResponseError<unknown> {
  const known = error instanceof EngineError ? error : asEngineError(error, method, log);
  // What the library said goes along: the log that a user is shown is the host's.
  const reason = known.cause === undefined ? undefined : describeError(known.cause);
  if (reason !== undefined) log.warn(`${method}: ${known.message} ${reason}`);
  return new ResponseError(ErrorCodes.InternalError, known.message, {
    kind: known.kind,
    details: { ...known.details, ...(reason !== undefined && { reason }) },
  });
}

function asEngineError(error: unknown, method: string, log: Log): EngineError {
  log.error(`${method} failed`, error);
  if (error instanceof v.ValiError) return new EngineError('bad-request', `${method}: ${error.message}`);
  return new EngineError('internal', `${method}: ${describeError(error).split('\n', 1)[0]}`);
}
