import { randomUUID } from 'node:crypto';
import { type Limits, LIMITS } from '../sandbox/limits.ts';
import { type Outcome, runInSandbox } from '../sandbox/sandbox.ts';
import type { Program } from './program.ts';
import type { Runtime } from './runtime.ts';

export interface Grade {
  readonly passed: boolean;
  /** One line: how a sample failed. */
  readonly why: string;
}

const LONGEST_WHY = 200;

/** Runs a program; it passes where it comes to the end of its tests. */
export async function grade(program: Program, runtime: Runtime, limits: Limits = LIMITS): Promise<Grade> {
  // New for each sample, so that no sample can print it by design. One that reads its own source still could.
  const mark = `tests passed ${randomUUID()}`;
  const outcome = await runInSandbox(runtime.job(program, mark), limits);
  const cameToItsEnd = outcome.stdout.split('\n').includes(mark);
  const passed = outcome.ending === 'exit' && outcome.exitCode === 0 && cameToItsEnd;
  return { passed, why: passed ? '' : complaint(outcome) };
}

/** A compiler's first error, or how an interpreter begins the line that names the exception. */
const TELLING = /\berror:|^[\w.]*(Error|Exception)\b|^panic:|^Exception in thread/;

function complaint({ ending, exitCode, stderr }: Outcome): string {
  if (ending !== 'exit') return `too much ${ending}`;
  if (exitCode === 0) return 'ended before the last test';
  if (exitCode !== undefined && exitCode > 128) return `killed by signal ${exitCode - 128}`;
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.find((line) => TELLING.test(line)) ?? lines.at(-1);
  return (telling ?? `exit code ${exitCode}`).trim().slice(0, LONGEST_WHY);
}
