import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataFolder } from '../data/dataFolder.ts';
import { EvalProblem } from '../../support/measure/evalProblem.ts';
import { readJsonLines } from '../../support/measure/jsonLines.ts';
import { readOptions } from '../../support/measure/readOptions.ts';
import { readRun } from '../run/runInfo.ts';
import { Sample, Speed, Verdict } from '../run/sample.ts';
import type { Suite } from '../run/task.ts';
import { SUITES } from '../suites/suites.ts';
import { chart } from './chart.ts';
import { markdown } from './markdown.ts';
import type { ModelReport } from './modelReport.ts';
import { type SuiteFigures, suiteFigures } from './suiteFigures.ts';

const USAGE =
  'Usage: npm run eval -- report --data DIR --out NAME RESULTS [RESULTS2 …]\n' +
  'Writes NAME.json, NAME.md and NAME.svg about the folders that suites were run into.';

/** Everything that was run, as figures, a table and a picture. */
export async function report(args: string[]): Promise<void> {
  const { values, positionals } = readOptions(
    { args, allowPositionals: true, options: { data: { type: 'string' }, out: { type: 'string' } } },
    USAGE,
  );
  const { data, out } = values;
  if (data === undefined || out === undefined || positionals.length === 0) throw new EvalProblem(USAGE);
  const reports: ModelReport[] = [];
  for (const folder of positionals) reports.push(await reportOn(folder, new DataFolder(data)));
  await writeFile(`${out}.json`, `${JSON.stringify(reports, undefined, 2)}\n`);
  await writeFile(`${out}.md`, markdown(reports));
  await writeFile(`${out}.svg`, chart(reports));
  process.stdout.write(markdown(reports));
}

async function reportOn(folder: string, data: DataFolder): Promise<ModelReport> {
  const suites: SuiteFigures[] = [];
  const run = await readRun(folder);
  for (const suite of SUITES) suites.push(...(await figuresIn(folder, suite, data, run.contextTokens)));
  return { run, suites };
}

async function figuresIn(
  folder: string,
  suite: Suite,
  data: DataFolder,
  contextTokens: number,
): Promise<SuiteFigures[]> {
  const path = (kind: string): string => join(folder, `${suite.name}.${kind}.jsonl`);
  if (!(await isThere(path('samples')))) return [];
  return suiteFigures({
    suite,
    tasks: await suite.tasks(data, contextTokens),
    samples: await readJsonLines(path('samples'), Sample),
    speeds: await readJsonLines(path('speeds'), Speed),
    // Written when all is asked.
    verdicts: (await isThere(path('verdicts'))) ? await readJsonLines(path('verdicts'), Verdict) : [],
  });
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
