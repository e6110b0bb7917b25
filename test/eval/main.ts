import { ModelUnavailable } from '../../src/core/ports/model.ts';
import { blocks } from './blocks/blocks.ts';
import { EvalProblem } from '../support/measure/evalProblem.ts';
import { graderCheck } from './languages/graderCheck.ts';
import { bits } from './likelihood/bits.ts';
import { logProbabilities } from './likelihood/logProbabilities.ts';
import { lines } from './lines/lines.ts';
import { linesCurve } from './lines/linesCurve.ts';
import { linesReport } from './lines/linesReport.ts';
import { perplexity } from './likelihood/perplexity.ts';
import { report } from './report/report.ts';
import { runSuite } from './run/runSuite.ts';
import { SUITES } from './suites/suites.ts';

/** Each reads its own options from what stands behind its name. */
const COMMANDS: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  lines,
  'lines-report': linesReport,
  'lines-curve': linesCurve,
  blocks,
  bits,
  ...Object.fromEntries(SUITES.map((suite) => [suite.name, (args: string[]) => runSuite(suite, args)])),
  report,
  grader: graderCheck,
  perplexity,
  'log-probabilities': logProbabilities,
};

/** `npm run eval -- SUITE …`: how good suggestions are, on code the model has not seen. */
async function main(): Promise<void> {
  const [name = '', ...args] = process.argv.slice(2);
  const command = COMMANDS[name];
  if (!command) throw new EvalProblem(`Usage: npm run eval -- ${Object.keys(COMMANDS).join('|')} …`);
  await command(args);
}

try {
  await main();
} catch (error) {
  const expected = error instanceof EvalProblem || error instanceof ModelUnavailable;
  process.stderr.write(
    `${error instanceof Error ? (expected ? error.message : error.stack) : String(error)}\n`,
  );
  process.exitCode = 1;
}
