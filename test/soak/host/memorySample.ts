import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What this process holds, after a garbage collection. */
export interface MemorySample {
  readonly heapBytes: number;
  readonly rssBytes: number;
  /** Open pipes, timers, child processes and requests. */
  readonly resources: number;
}

export function sampleMemory(): MemorySample {
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  return { heapBytes: heapUsed, rssBytes: rss, resources: process.getActiveResourcesInfo().length };
}

/** The flag is read when a context is made, so a new one has `gc` where this process was started without it. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
