import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/**
 * Ranks this process below the programs the user works with. Called before anything computes: threads that are started
 * later inherit it. Best effort: a system that refuses leaves the process as it is.
 */
export function lowerPriority(): void {
  for (const thread of threads()) {
    try {
      setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // The thread has ended meanwhile, or the system does not allow it.
    }
  }
}

/**
 * 0 is this process. On Linux that means its main thread alone, and by now the file reads of the module loader have
 * started the pool that native work runs in: there each thread is ranked by itself.
 */
function threads(): number[] {
  if (process.platform !== 'linux') return [0];
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [0];
  }
}
