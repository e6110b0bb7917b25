import type { HumanEvalProblem } from '../suites/humanEvalProblem.ts';

/** What HumanEval-X has wrong in its own solutions: those fail their tests, which right ones pass. */
const ERRATA: Readonly<Record</* problem */ string, readonly (readonly [wrong: string, right: string])[]>> = {
  // A comma expression where a list was meant, of the wrong variable.
  'JavaScript/112': [
    ['return (z, false)', 'return [t, false]'],
    ['return (z, true)', 'return [t, true]'],
  ],
  // 0 has one digit, and it is even.
  'JavaScript/155': [['while (num > 0)', 'if (num === 0) { e++ }\n  while (num > 0)']],
};

/** The canonical solution, put right where it is known to be wrong. */
export function correctSolution({ id, canonical }: Pick<HumanEvalProblem, 'id' | 'canonical'>): string {
  return (ERRATA[id] ?? []).reduce((text, [wrong, right]) => text.replace(wrong, right), canonical);
}
