import type { Language } from '../languages/program.ts';
import type { CompletionTask, Suite } from '../run/task.ts';
import { firstLine } from './cuts.ts';
import { type HumanEvalProblem, readProblems } from './humanEvalProblem.ts';
import { holePrompt } from './prompts.ts';

const LANGUAGES = ['python', 'java', 'javascript'] as const satisfies readonly Language[];

const MAX_TOKENS = 96;

/**
 * Single-line filling in after the table of DeepSeek-Coder's papers (and SantaCoder's before them, arXiv 2301.03988,
 * section 5.2.2): one line of a canonical solution is the hole, and has to be written as it was.
 */
export const fimLines: Suite = {
  name: 'fim-lines',
  metric: 'exact match',
  async tasks(data) {
    const problems = await Promise.all(LANGUAGES.map((language) => readProblems(data, language)));
    return problems.flat().flatMap(holesOf);
  },
};

/** Every line of the solution that is not blank, in its order. */
export function holesOf({ id, language, number, prompt, canonical }: HumanEvalProblem): CompletionTask[] {
  const lines = canonical.trimEnd().split('\n');
  return lines.flatMap((line, index): CompletionTask[] => {
    if (line.trim() === '') return [];
    const prefix =
      prompt +
      lines
        .slice(0, index)
        .map((each) => `${each}\n`)
        .join('');
    const suffix =
      lines
        .slice(index + 1)
        .map((each) => `\n${each}`)
        .join('') + '\n';
    return [
      {
        id: `${id}/L${index}`,
        group: language,
        cluster: number,
        prompt: holePrompt(language, prefix, suffix),
        maxTokens: MAX_TOKENS,
        cut: firstLine,
        judge: { kind: 'exact', matches: (text) => text.trim() === line.trim() },
      },
    ];
  });
}
