import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT } from './paths.ts';

/** Process ids of the running engines of this checkout's built extension. */
export async function engineProcesses(): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,args=']);
  const bundle = join(PROJECT, 'dist', 'engine.js');
  return stdout
    .split('\n')
    .filter((line) => line.trimEnd().endsWith(bundle))
    .map((line) => Number.parseInt(line, 10));
}
