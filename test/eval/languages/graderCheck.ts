import { EvalProblem } from '../../support/measure/evalProblem.ts';
import { DataFolder } from '../data/dataFolder.ts';
import { Progress } from '../../support/measure/progress.ts';
import { countFrom, readOptions } from '../../support/measure/readOptions.ts';
import { sandboxProblem } from '../sandbox/sandbox.ts';
import { type HumanEvalProblem, readProblems } from '../suites/humanEvalProblem.ts';
import { brokenSolution } from './brokenSolution.ts';
import { correctSolution } from './correctSolution.ts';
import { grade } from './grade.ts';
import { LANGUAGE_NAMES, LANGUAGES } from './program.ts';
import type { Runtime } from './runtime.ts';
import { findRuntimes } from './runtimes.ts';

const USAGE =
  'Usage: npm run eval -- grader --data DIR [--limit N] [--problem ID]\n--limit: the first N problems of each language.';

/** The grader both ways: what the problems' authors wrote has to pass, and what was broken on purpose must not. */
export async function graderCheck(args: string[]): Promise<void> {
  const { values } = readOptions(
    {
      args,
      options: {
        data: { type: 'string' },
        limit: { type: 'string' },
        problem: { type: 'string', multiple: true },
      },
    },
    USAGE,
  );
  if (values.data === undefined) throw new EvalProblem(USAGE);
  const problem = await sandboxProblem();
  if (problem !== undefined)
    throw new EvalProblem(`Model-written code is not run here: the sandbox ${problem}.`);
  const data = new DataFolder(values.data);
  const limit = values.limit === undefined ? undefined : countFrom('limit', values.limit);
  const { found, missing } = await findRuntimes();
  for (const language of LANGUAGES) {
    const runtime = found.get(language);
    if (!runtime) {
      process.stdout.write(`${LANGUAGE_NAMES[language]}: not checked. ${missing.get(language)}\n`);
      continue;
    }
    const all = await readProblems(data, language);
    const wanted = values.problem;
    const problems = all.filter(({ id }) => wanted?.includes(id) ?? true).slice(0, limit);
    if (problems.length === 0) continue;
    process.stdout.write(
      `${LANGUAGE_NAMES[language]} (${runtime.version}): ${await check(problems, runtime)}\n`,
    );
  }
}

async function check(problems: readonly HumanEvalProblem[], runtime: Runtime): Promise<string> {
  const progress = new Progress(problems.length, (line) => process.stderr.write(line));
  let canonical = 0;
  let broken = 0;
  for (const each of problems) {
    const { language, prompt, tests } = each;
    const right = await grade({ language, tests, sample: prompt + correctSolution(each) }, runtime);
    const wrong = await grade({ language, tests, sample: prompt + brokenSolution(each) }, runtime);
    if (right.passed) canonical++;
    else process.stdout.write(`${each.id}: the canonical solution fails: ${right.why}\n`);
    if (wrong.passed) {
      broken++;
      process.stdout.write(`${each.id}: the broken solution passes\n`);
    }
    progress.step();
  }
  return `${canonical} of ${problems.length} canonical solutions pass, ${broken} broken ones`;
}
