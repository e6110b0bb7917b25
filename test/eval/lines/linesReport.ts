import { writeFile } from 'node:fs/promises';
import { EvalProblem } from '../../support/measure/evalProblem.ts';
import { readJsonLines } from '../../support/measure/jsonLines.ts';
import { readOptions } from '../../support/measure/readOptions.ts';
import { compare, type Named } from './compare.ts';
import { Hole } from './hole.ts';
import { reportText } from './reportText.ts';
import { Result } from './result.ts';
import { Syntax } from './syntax.ts';

const USAGE =
  'Usage: npm run eval -- lines-report --data HOLES.jsonl NAME=RESULTS.jsonl [NAME2=RESULTS2.jsonl …] [--json FILE]\n' +
  'Every other name is compared with the first, on the holes that all of them have.';

/** Results of {@link lines} as Markdown on stdout, and with --json as figures in a file. */
export async function linesReport(args: string[]): Promise<void> {
  const { values, positionals } = readOptions(
    { args, allowPositionals: true, options: { data: { type: 'string' }, json: { type: 'string' } } },
    USAGE,
  );
  if (values.data === undefined || positionals.length === 0) throw new EvalProblem(USAGE);
  const holes = await readJsonLines(values.data, Hole);
  const named = await Promise.all(positionals.map(readNamed));
  const syntax = await Syntax.load();
  const groups = compare(holes, named, (hole, suggested) => syntax.parsesWith(hole, suggested));
  const shared = groups.at(-1)?.holes ?? 0;
  if (shared === 0) throw new EvalProblem('There is no hole that every named file has a result for.');
  process.stdout.write(
    `${shared} of ${holes.length} holes have a result of every predictor.\n\n${reportText(groups)}`,
  );
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(groups, undefined, 2)}\n`);
}

async function readNamed(argument: string): Promise<Named> {
  const end = argument.indexOf('=');
  if (end < 1) throw new EvalProblem(USAGE);
  return { name: argument.slice(0, end), results: await readJsonLines(argument.slice(end + 1), Result) };
}
