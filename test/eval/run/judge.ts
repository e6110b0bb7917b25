import { grade } from '../languages/grade.ts';
import type { Runtimes } from '../languages/runtimes.ts';
import type { Sample, Verdict } from './sample.ts';
import type { Task } from './task.ts';

/**
 * Whether a sample is right. Undefined where nothing here can tell: its language's runtime is missing, or the sandbox is.
 * @param runtimes undefined where model-written code cannot be run.
 */
export async function judge(
  { id, judge }: Task,
  { text, finish }: Sample,
  runtimes: Runtimes | undefined,
): Promise<Verdict | undefined> {
  if (finish === 'prompt too long') return { id, passed: false, why: finish };
  if (judge.kind === 'exact') {
    const passed = judge.matches(text);
    return { id, passed, why: passed ? '' : 'another line' };
  }
  const program = judge.program(text);
  const runtime = runtimes?.found.get(program.language);
  return runtime && { id, ...(await grade(program, runtime)) };
}
