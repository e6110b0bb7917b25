import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Process ids of what a process has started and what still runs. Not on Windows. */
export async function childProcesses(parent: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid, ppid]) => (ppid === parent && pid !== undefined ? [pid] : []));
}
