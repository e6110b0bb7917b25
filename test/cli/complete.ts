import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Answer } from '../../src/core/completion/answer.ts';
import { Completer } from '../../src/core/completion/completer.ts';
import type { View } from '../../src/core/completion/view.ts';
import { systemClock } from '../../src/core/ports/clock.ts';
import { type Model, ModelUnavailable } from '../../src/core/ports/model.ts';
import { ALWAYS_ON } from '../support/alwaysOn.ts';
import { STARTER } from '../support/paths.ts';
import { startRealEngine } from '../support/realEngine.ts';
import { viewOfText } from '../support/viewOfText.ts';

const USAGE =
  'Usage: npm run complete -- --file F --line L --col C [--model M] [--then TEXT] [--json]\n' +
  'Line and column count from 1. --then completes a second time in the same engine, with TEXT typed on.';

interface Report {
  readonly text: string | null;
  readonly replacedChars: number;
  readonly promptTokens: number | null;
  readonly reusedTokens: number | null;
  readonly evaluatedTokens: number | null;
  readonly generatedTokens: number | null;
  readonly prefillMs: number | null;
  readonly firstTokenMs: number | null;
  readonly engineMs: number | null;
  readonly elapsedMs: number;
}

/** One completion without an editor, through the same completer, host and engine process as in VS Code. */
async function main(): Promise<void> {
  const options = readOptions();
  const engine = await startRealEngine({ modelPath: options.model ?? STARTER });
  try {
    const text = (await readFile(options.file, 'utf8')).replaceAll('\r\n', '\n');
    const path = relative(process.cwd(), resolve(options.file)).replaceAll('\\', '/');
    const offset = offsetOf(text, options.line, options.col);
    const reports = [await complete(engine.model, viewOfText(text, offset, { path }))];
    if (options.then !== undefined) {
      const typed = text.slice(0, offset) + options.then + text.slice(offset);
      reports.push(await complete(engine.model, viewOfText(typed, offset + options.then.length, { path })));
    }
    process.stdout.write(
      `${options.json ? JSON.stringify(reports, undefined, 2) : reports.map(inWords).join('\n\n')}\n`,
    );
  } finally {
    engine.dispose();
  }
}

/** With a completer of its own: one that remembers the first suggestion would answer the second without the model. */
async function complete(model: Model, view: View): Promise<Report> {
  const completer = new Completer(model, systemClock, () => ALWAYS_ON);
  const answered = new Promise<Answer>((answer) => completer.onDidAnswer(answer));
  await completer.provide(view, 'explicit', new AbortController().signal);
  const { placement, generation, elapsedMs } = await answered;
  const result = await generation?.result;
  completer.dispose();
  return {
    text: placement?.text ?? null,
    replacedChars: placement?.replaceChars ?? 0,
    promptTokens: result?.promptTokens ?? null,
    reusedTokens: result?.reusedTokens ?? null,
    evaluatedTokens: result?.evaluatedTokens ?? null,
    generatedTokens: result?.generatedTokens ?? null,
    prefillMs: rounded(result?.prefillMs),
    firstTokenMs: rounded(result?.firstTokenMs),
    engineMs: rounded(result?.totalMs),
    elapsedMs: Math.round(elapsedMs),
  };
}

function rounded(ms: number | null | undefined): number | null {
  return ms === undefined || ms === null ? null : Math.round(ms * 10) / 10;
}

function inWords(report: Report): string {
  const { text, promptTokens, reusedTokens, generatedTokens, firstTokenMs, elapsedMs } = report;
  return (
    `${text ?? '(nothing to suggest)'}\n` +
    `-- ${promptTokens} prompt tokens, ${reusedTokens} of them reused, ${generatedTokens} generated; ` +
    `first token after ${firstTokenMs} ms, ${elapsedMs} ms in all`
  );
}

/** @param line @param column from 1, as editors show them. */
function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return Math.min(text.length, before + Math.min(column - 1, lines[line - 1]?.length ?? 0));
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      file: { type: 'string' },
      line: { type: 'string' },
      col: { type: 'string' },
      model: { type: 'string' },
      then: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const line = Number(values.line);
  const col = Number(values.col);
  if (values.file === undefined || !(line >= 1) || !(col >= 1)) throw new TypeError(USAGE);
  return { ...values, file: values.file, line, col };
}

try {
  await main();
} catch (error) {
  const expected = error instanceof TypeError || error instanceof ModelUnavailable;
  process.stderr.write(
    `${error instanceof Error ? (expected ? error.message : error.stack) : String(error)}\n`,
  );
  process.exitCode = 1;
}
