import { createContext, Script } from 'node:vm';

const CALL = new Script('work()');

/**
 * Runs `work`, which must not wait for anything, and ends it after `ms`: the only way to stop code that goes round for ever
 * on this thread. V8 ends all that was called from the script, wherever it came from, and no `catch` sees it.
 * @throws {@link DeadlinePassed}, or what `work` throws.
 */
export function withDeadline<T>(ms: number, work: () => T): T {
  const ended: (() => T)[] = [];
  const run = (): void => {
    try {
      const value = work();
      ended.push(() => value);
    } catch (error) {
      ended.push(() => {
        throw error;
      });
    }
  };
  try {
    CALL.runInContext(createContext({ work: run }), { timeout: ms });
  } catch (error) {
    throw new DeadlinePassed({ cause: error });
  }
  const [outcome] = ended;
  if (outcome === undefined) throw new DeadlinePassed();
  return outcome();
}

/** Thrown by {@link withDeadline}. */
export class DeadlinePassed extends Error {
  constructor(options?: ErrorOptions) {
    super('It took too long.', options);
    this.name = 'DeadlinePassed';
  }
}
