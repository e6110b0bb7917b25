import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { Cases } from './cases.ts';
import { judge, type Verdict } from './judge.ts';

const USAGE = 'Usage: npm run conformance -- --cases FILE [--json]';

/** How many of a file's cases the shaping of suggestions passes, and why the others fail. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { cases: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  if (values.cases === undefined) throw new TypeError(USAGE);
  const cases = v.parse(Cases, JSON.parse(await readFile(values.cases, 'utf8')));
  const failed = cases.map(judge).filter(({ passed }) => !passed);
  const passed = cases.length - failed.length;
  const report = values.json
    ? JSON.stringify({ total: cases.length, passed, failed: failed.map(withoutPassed) }, undefined, 2)
    : [...failed.map(inWords), `${passed} of ${cases.length} passed.`].join('\n');
  process.stdout.write(`${report}\n`);
}

function withoutPassed({ id, got, expected, filter }: Verdict) {
  return { id, got, expected, filter };
}

function inWords({ id, got, expected, filter }: Verdict): string {
  const reason = filter === undefined ? '' : ` (dropped by: ${filter})`;
  return `${id}: got ${JSON.stringify(got)}${reason}, expected ${JSON.stringify(expected)}`;
}

try {
  await main();
} catch (error) {
  // What the user gave: options, a file that is not there, cases of another form.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
