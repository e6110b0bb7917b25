import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { Completer } from '../../../src/core/completion/completer.ts';
import { type CompletionSettings, DEADLINE_MS } from '../../../src/core/completion/completionSettings.ts';
import { systemClock } from '../../../src/core/ports/clock.ts';
import { ALWAYS_ON } from '../../support/alwaysOn.ts';
import { STARTER } from '../../support/paths.ts';
import { startRealEngine } from '../../support/realEngine.ts';
import { quantile, rounded } from '../../support/measure/statistics.ts';
import { CountedModel } from './countedModel.ts';
import { type RealLine, realLines } from './realLines.ts';
import { replay, type Replayed } from './replay.ts';

const LINES = 300;
const SEED = 1;
const CONTEXT_TOKENS = 2048;
/** Linux counts processor time in these. */
const TICKS_PER_SECOND = 100;

const EAGERNESS = v.picklist(['eager', 'balanced', 'careful']);

/** What a user has who changed nothing: with its waits, deadline and idle work. */
const SETTINGS: CompletionSettings = {
  ...ALWAYS_ON,
  debounceMs: undefined,
  deadlineMs: DEADLINE_MS,
  warmUpMs: 2_000,
};

export interface TypingOptions {
  /** A GGUF file; default: the one that comes along. */
  readonly model?: string | undefined;
  readonly limit?: string | undefined;
  readonly seed?: string | undefined;
  /** How sure the model has to be; `eager` shows whatever it writes. Default: what users have. */
  readonly suggestions?: string | undefined;
}

/**
 * Real lines typed at 180 ms a key through the completer and an engine process: how often a right suggestion was on the
 * screen, what it would have saved, and what it cost. In real time, so 300 lines take half an hour.
 */
export async function typing(options: TypingOptions): Promise<Record<string, number>> {
  const lines = await realLines(Number(options.limit ?? LINES), Number(options.seed ?? SEED));
  const engine = await startRealEngine({
    modelPath: options.model ?? STARTER,
    contextTokens: CONTEXT_TOKENS,
    threads: 1,
  });
  const model = new CountedModel(engine.model);
  const eagerness = options.suggestions === undefined ? 'balanced' : v.parse(EAGERNESS, options.suggestions);
  const settings = { ...SETTINGS, eagerness: () => eagerness };
  const completer = new Completer(model, systemClock, () => settings);
  try {
    // Loads the model, which is not what is measured.
    await completer.provide(placeBefore(lines[0]), 'explicit', new AbortController().signal);
    await model.idle();
    completer.forget();
    const { requests, evaluatedTokens, generatedTokens } = model;
    const cpuBefore = cpuSeconds(engine.process().pid);
    const replayed: Replayed[] = [];
    for (const [index, line] of lines.entries()) {
      replayed.push(await replay(completer, line));
      await model.idle();
      process.stderr.write(`\r${index + 1} of ${lines.length} lines`);
    }
    process.stderr.write('\n');
    return {
      lines: lines.length,
      ...figures(replayed),
      requestsPerLine: rounded((model.requests - requests) / lines.length),
      evaluatedTokensPerLine: rounded((model.evaluatedTokens - evaluatedTokens) / lines.length),
      generatedTokensPerLine: rounded((model.generatedTokens - generatedTokens) / lines.length),
      cpuSecondsPerLine: rounded((cpuSeconds(engine.process().pid) - cpuBefore) / lines.length),
    };
  } finally {
    completer.dispose();
    engine.dispose();
  }
}

function figures(replayed: readonly Replayed[]): Record<string, number> {
  const keys = sum(replayed.map((each) => each.keys));
  const toTextMs = replayed.flatMap((each) => each.toTextMs);
  return {
    keys,
    rightShare: rounded(sum(replayed.map(({ right }) => right.filter((saved) => saved > 0).length)) / keys),
    savedShare: rounded(sum(replayed.map(({ right }) => charactersSaved(right))) / keys),
    keyToTextP50Ms: rounded(quantile(toTextMs, 0.5)),
    keyToTextP95Ms: rounded(quantile(toTextMs, 0.95)),
    flickers: sum(replayed.map(({ flickers }) => flickers)),
  };
}

/** Of a line on which every right suggestion is taken as soon as it is there. */
export function charactersSaved(right: readonly number[]): number {
  let saved = 0;
  for (let key = 0; key < right.length;) {
    const here = right[key] ?? 0;
    saved += here;
    key += Math.max(1, here);
  }
  return saved;
}

function placeBefore(line: RealLine | undefined) {
  const before = line?.before ?? '';
  return {
    uri: 'file:///warm.ts',
    path: 'warm.ts',
    languageId: line?.languageId ?? '',
    offset: before.length,
    prefix: before,
    firstLine: 0,
    suffix: '',
  };
}

/** Of one process and its threads so far; NaN where the system does not say. */
function cpuSeconds(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Behind the name in brackets, which may hold spaces: state is the first field, utime the 12th, stime the 13th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return NaN;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
