import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { EvalProblem } from '../support/measure/evalProblem.ts';
import { abort } from './abort.ts';
import { activation } from './activation.ts';
import { growth } from './growth.ts';
import { chatBeside } from './chatBeside.ts';
import { chatView } from './chatView.ts';
import { crossfile } from './crossfile/crossfile.ts';
import { index } from './index.ts';
import { kv } from './kv/kv.ts';
import { outside } from './outside.ts';
import { overhead } from './overhead.ts';
import { pack } from './pack.ts';
import { STEADY_RATIO, steadyReferenceMs, UnsteadyMachine } from './reference.ts';
import { typing, type TypingOptions } from './typing/typing.ts';
import { window } from './window.ts';

const BENCHES: Readonly<Record<string, (options: TypingOptions) => Promise<Record<string, number>>>> = {
  abort,
  overhead,
  outside,
  activation,
  growth,
  index,
  kv,
  pack,
  typing,
  window,
  'chat-beside': chatBeside,
  'chat-view': chatView,
};

/** These measure no time, so they may run on a busy machine. Each reads its own options. */
const TIMELESS: Readonly<Record<string, (args: string[]) => Promise<void>>> = { crossfile };

/** `npm run bench -- NAME [--json]`, `typing` also with [--model FILE] [--limit LINES] [--seed N] [--suggestions eager|balanced|careful]: figures, or none where the machine was not steady before, and after. */
async function main(): Promise<void> {
  const [first = '', ...rest] = process.argv.slice(2);
  const timeless = TIMELESS[first];
  if (timeless) return timeless(rest);
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      model: { type: 'string' },
      limit: { type: 'string' },
      seed: { type: 'string' },
      suggestions: { type: 'string' },
    },
  });
  const name = positionals[0] ?? '';
  const bench = BENCHES[name];
  if (!bench)
    throw new UnsteadyMachine(
      `Usage: npm run bench -- ${Object.keys({ ...BENCHES, ...TIMELESS }).join('|')} [--json]`,
    );
  const beforeMs = steadyReferenceMs();
  const figures = await bench(values);
  const afterMs = steadyReferenceMs();
  if (Math.abs(afterMs / beforeMs - 1) > STEADY_RATIO) {
    throw new UnsteadyMachine(
      `The reference loop took ${beforeMs.toFixed(1)} ms before and ${afterMs.toFixed(1)} ms after: the figures mean nothing.`,
    );
  }
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${process.platform}-${process.arch}, Node ${process.version}`;
  const report = { bench: name, machine, referenceMs: Math.round(beforeMs), ...figures };
  process.stdout.write(
    values.json
      ? `${JSON.stringify(report, undefined, 2)}\n`
      : Object.entries(report)
          .map(([key, value]) => `${key.padEnd(32)}${value}\n`)
          .join(''),
  );
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UnsteadyMachine || error instanceof EvalProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
