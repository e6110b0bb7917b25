import { sleep } from './abort.ts';

/** What {@link within} answers for a promise that takes longer. */
export const LATE: unique symbol = Symbol('late');

/** What `promise` brings, or {@link LATE} where it takes longer than `ms`; it goes on then, and its failure is nobody's. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T | typeof LATE> {
  const settled = new AbortController();
  const late = (): typeof LATE => LATE;
  // Rejects when the promise has settled, and then nobody looks.
  const deadline = sleep(ms, settled.signal).then(late, late);
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    settled.abort();
    promise.catch(() => undefined);
  }
}
