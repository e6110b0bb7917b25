import { SourceUnavailableError } from './errors.ts';
import type { Progress } from './progressBar.ts';
import { asStorageError } from './storage.ts';

/** What each way of fetching is given, besides the source itself. */
export interface FetchContext {
  /** For messages. */
  readonly modelsDirectory: string;
  /** This run's own; whatever is left in it is removed afterwards. */
  readonly workDirectory: string;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  /** For the first answer of a server. */
  readonly probeTimeoutMs: number;
  /** For the next bytes of a running download. */
  readonly stallTimeoutMs: number;
}

/**
 * The error to throw when fetching from `label` failed: the user's cancelling and a full disk as they are, since no
 * other source can help, and anything else as the reason to try the next source.
 */
export function fetchFailure(label: string, error: unknown, context: FetchContext): unknown {
  if (context.signal?.aborted === true) {
    return context.signal.reason;
  }
  if (
    error instanceof SourceUnavailableError ||
    asStorageError(error, context.modelsDirectory) !== undefined
  ) {
    return error;
  }
  return new SourceUnavailableError(label, reasonOf(error), { cause: error });
}

/** The innermost plain reason, without a closing stop: `fetch failed` alone would help nobody. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if (error.name === 'TimeoutError') {
    return 'no answer in time';
  }
  if ('statusCode' in error) {
    return `HTTP ${String(error.statusCode)}`; // ipull's message repeats the whole URL.
  }
  if (error.cause instanceof Error) {
    return reasonOf(error.cause);
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const firstLine = (error.message.split('\n')[0] ?? '').replace(/\.\s*$/, '');
  return firstLine || code || error.name;
}
