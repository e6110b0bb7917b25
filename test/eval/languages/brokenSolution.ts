import type { HumanEvalProblem } from '../suites/humanEvalProblem.ts';

/** A body that compiles and does not do what the problem asks for: it throws at once, on a condition no compiler sees through. */
export function brokenSolution({
  language,
  canonical,
}: Pick<HumanEvalProblem, 'language' | 'canonical'>): string {
  return `${FIRST[language]}\n${canonical}`;
}

const FIRST = {
  python: '    if len(__name__) > 0: return object()',
  javascript: '  if (Date.now() > 0) return Symbol();',
  java: '        if (System.nanoTime() != 0) throw new IllegalStateException();',
  cpp: '    if (__builtin_strlen(__func__) > 0) __builtin_trap();',
  go: '    if len(os.Args) > 0 { panic("broken") }',
};
