/** The reason an operation ended because nobody wants its result any more. Never shown to a user. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled');
    this.name = 'Cancelled';
  }
}

export function isCancelled(error: unknown): boolean {
  return error instanceof Cancelled;
}

/**
 * Runs `listener` once when `signal` aborts, or at once where it has already.
 * Returns what takes the listener off again: call it in a `finally`, signals outlive most operations.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  if (signal.aborted) {
    listener();
    return () => undefined;
  }
  signal.addEventListener('abort', listener, { once: true });
  return () => signal.removeEventListener('abort', listener);
}

/** Settles as `promise` does, or rejects with {@link Cancelled} as soon as `signal` aborts. */
export async function raceAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let detach = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    detach = onAbort(signal, () => reject(new Cancelled()));
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    detach();
  }
}

/** Waits `ms` milliseconds; rejects with {@link Cancelled} when `signal` aborts first. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const slept = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await (signal ? raceAbort(slept, signal) : slept);
  } finally {
    clearTimeout(timer);
  }
}
