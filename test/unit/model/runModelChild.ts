import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { EnsureModelOptions } from '../../model/fetchModel.ts';

export interface ChildOutcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command in a process of its own, which can be killed. */
export function startModelChild(options: EnsureModelOptions): {
  child: ChildProcess;
  ended: Promise<ChildOutcome>;
} {
  const child = spawn(process.execPath, [
    join(import.meta.dirname, 'modelChild.ts'),
    JSON.stringify(options),
  ]);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => (stdout += String(data)));
  child.stderr.on('data', (data) => (stderr += String(data)));
  const ended = new Promise<ChildOutcome>((resolve) => {
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return { child, ended };
}

/** One line, and only one full stop that ends a sentence. */
export const oneSentence = /^(?!.*\. )[^\n]+\.\n$/;
