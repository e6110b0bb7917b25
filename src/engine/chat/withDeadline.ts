import { createContext, Script } from 'node:vm';

const CALL = new Script('work()');

/**
 * Runs `work`, which must not wait for anything, and ends it after `ms`: the only way to stop code that goes round for ever
 * on this thread. V8 ends all that was called from the script, wherever it came from.
 * @throws {@link DeadlinePassed}, or what `work` throws.
 */
export function withDeadline<T>(ms: number, work: () => T): T {
  const results: { readonly value: T }[] = [];
  try {
    CALL.runInContext(createContext({ work: () => void results.push({ value: work() }) }), { timeout: ms });
  } catch (error) {
    throw isTimeout(error) ? new DeadlinePassed({ cause: error }) : error;
  }
  const [result] = results;
  if (result === undefined) throw new DeadlinePassed();
  return result.value;
}

/** Thrown by {@link withDeadline}. */
export class DeadlinePassed extends Error {
  constructor(options?: ErrorOptions) {
    super('It took too long.', options);
    this.name = 'DeadlinePassed';
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
