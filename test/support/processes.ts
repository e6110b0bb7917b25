import { readdir, readFile } from 'node:fs/promises';
import { getPriority } from 'node:os';

/** Whether a process is there and not merely waiting for its parent to take note of its end. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/\) Z /.test(stat);
}

/** The priority of each of its threads, which only Linux ranks by themselves; of the process elsewhere. */
export async function prioritiesOf(pid: number): Promise<number[]> {
  const threads = process.platform === 'linux' ? await readdir(`/proc/${pid}/task`) : [pid];
  return threads.flatMap((thread) => {
    try {
      return [getPriority(Number(thread))];
    } catch {
      return []; // It has ended since.
    }
  });
}
