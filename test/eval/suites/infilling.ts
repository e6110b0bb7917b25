import * as v from 'valibot';
import { DATA_FILES } from '../data/dataFiles.ts';
import type { Cut, Suite, CompletionTask } from '../run/task.ts';
import { everything, firstLine } from './cuts.ts';
import { pythonTests } from './humanEvalProblem.ts';
import { holePrompt } from './prompts.ts';

export const InfillingLine = v.object({
  task_id: v.string(),
  entry_point: v.string(),
  prompt: v.string(),
  suffix: v.string(),
  test: v.string(),
});
export type InfillingLine = v.InferOutput<typeof InfillingLine>;

const MAX_TOKENS = 256;

/** HumanEval with a piece of the solution taken out (Bavarian et al., arXiv 2207.14255): right where the tests pass. */
export const infillingSuites: readonly Suite[] = [
  suite('infill-single-line', DATA_FILES.singleLine, wholeLines, firstLine),
  suite('infill-multi-line', DATA_FILES.multiLine, wholeLines, everything),
  suite('infill-random-span', DATA_FILES.randomSpan, anyCharacters, everything),
];

function suite(
  name: string,
  file: (typeof DATA_FILES)[keyof typeof DATA_FILES],
  toTask: (line: InfillingLine) => Pick<CompletionTask, 'prompt' | 'judge'>,
  cut: Cut,
): Suite {
  return {
    name,
    metric: 'pass@1',
    tasks: async (data) =>
      (await data.read(file, InfillingLine)).map((line) => ({
        id: line.task_id,
        group: 'python',
        cluster: problemOf(line.task_id),
        maxTokens: MAX_TOKENS,
        cut,
        ...toTask(line),
      })),
  };
}

/**
 * Where the hole is whole lines, the data's suffix begins with the next line. An editor's begins with the end of the
 * cursor's line, and so do the prompts of the extension.
 */
export function wholeLines(line: InfillingLine): Pick<CompletionTask, 'prompt' | 'judge'> {
  return anyCharacters({ ...line, suffix: `\n${line.suffix}` });
}

function anyCharacters({
  prompt,
  suffix,
  test,
  entry_point,
}: InfillingLine): Pick<CompletionTask, 'prompt' | 'judge'> {
  return {
    prompt: holePrompt('python', prompt, suffix),
    judge: {
      kind: 'run',
      program: (text) => ({
        language: 'python',
        sample: prompt + text + suffix,
        tests: pythonTests(test, entry_point),
      }),
    },
  };
}

/** `SingleLineInfilling/HumanEval/0/L0`: 0. */
function problemOf(id: string): string {
  return id.split('/')[2] ?? id;
}
