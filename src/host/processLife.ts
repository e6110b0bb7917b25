import type { ForkedProcess } from './forkProcess.ts';

/** How long a new process may take to answer `hello`; longer means that its channel does not work. */
const HELLO_DEADLINE_MS = 30_000;

/** How long a process may take to free its memory and leave before it is killed. */
const SHUTDOWN_DEADLINE_MS = 1_000;

/** Waits for a new process's answer to `hello`; where there is none, kills it and throws what `hello` threw. */
export async function greet(child: ForkedProcess, hello: () => Promise<unknown>): Promise<void> {
  // Its death settles the request: a process that hangs would never answer, nor hear that nobody waits.
  const killing = setTimeout(() => child.kill(), HELLO_DEADLINE_MS);
  try {
    await hello();
  } catch (error) {
    child.kill();
    throw error;
  } finally {
    clearTimeout(killing);
  }
}

/** Asks a process to leave, and kills it where it does not. Resolves when it is gone. */
export async function dismiss(child: ForkedProcess, shutdown: () => Promise<unknown>): Promise<void> {
  const killing = setTimeout(() => child.kill(), SHUTDOWN_DEADLINE_MS);
  try {
    await shutdown().catch(() => child.kill());
    await child.exited;
  } finally {
    clearTimeout(killing);
  }
}
