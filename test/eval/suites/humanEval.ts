import { type Language, LANGUAGES } from '../languages/program.ts';
import type { Cut, Suite, Task } from '../run/task.ts';
import { bracedBody, pythonBody } from './cuts.ts';
import { type HumanEvalProblem, readProblems } from './humanEvalProblem.ts';
import { continuationPrompt } from './prompts.ts';

const MAX_TOKENS = 512;

const CUTS: Readonly<Record<Language, Cut>> = {
  python: pythonBody,
  javascript: bracedBody,
  java: bracedBody,
  cpp: bracedBody,
  go: bracedBody,
};

/** HumanEval and HumanEval-X as a base model is asked them: the head of a function, to be continued. */
export const humanEval: Suite = {
  name: 'humaneval',
  metric: 'pass@1',
  async tasks(data) {
    const problems = await Promise.all(LANGUAGES.map((language) => readProblems(data, language)));
    return problems.flat().map(toTask);
  },
};

export function toTask({ id, number, language, prompt, tests }: HumanEvalProblem): Task {
  // The class that the method stands in is open as well.
  const end = language === 'java' ? '\n}\n' : '\n';
  return {
    id,
    group: language,
    cluster: number,
    prompt: continuationPrompt(language, prompt),
    maxTokens: MAX_TOKENS,
    cut: CUTS[language],
    judge: { kind: 'run', program: (text) => ({ language, sample: prompt + text + end, tests }) },
  };
}
