import { type Calibration, type MeasuredRun, TELLING_DEPTH_TOKENS } from './calibration.ts';

/** Why something has the value it has. */
export type Why =
  /** The user set it. */
  | 'setting'
  /** The default, because nothing was measured yet. */
  | 'not measured'
  /** The default, because measuring would take too long on this machine. */
  | 'not compared'
  /** The default, which the measurement confirmed. */
  | 'confirmed'
  /** Not the default, because of what was measured. */
  | 'measured';

export interface Choice<T> {
  readonly value: T;
  readonly why: Why;
}

/** How a model is run on this machine, and why so. */
export interface Tuning {
  /** Undefined: as the engine takes it for this kind of model. */
  readonly flashAttention: Choice<boolean | undefined>;
  /** 0: all cores but one. */
  readonly threads: Choice<number>;
  readonly contextTokens: Choice<number>;
  /** Text after the cursor that goes into a prompt, in characters. */
  readonly suffixChars: Choice<number>;
  /** What a first token may take after a key; undefined: not known. */
  readonly firstTokenMs: Choice<number | undefined>;
  readonly speeds?: Speeds;
}

/** Tokens a second, as measured for the way of running that was chosen. */
export interface Speeds {
  readonly prefill: number;
  readonly decode: number;
  readonly depthTokens: number;
}

export interface TuningSettings {
  /** 0: not set. */
  readonly threads: number;
  readonly contextTokens: number;
  /** Whether the user chose the context's size, or it is the default's. */
  readonly contextIsSet: boolean;
}

/** 8 lines of 40 characters, about 100 tokens: in most formats they are evaluated again whenever the text before or after them changes. */
export const DEFAULT_SUFFIX_CHARS = 320;
const SUFFIX_CHARS = [DEFAULT_SUFFIX_CHARS, 640, 1_280, 2_560] as const;
const CHARS_PER_TOKEN = 3.2;

/** Of the time of a key that has it evaluated anew, what the text after the cursor may take. */
const SUFFIX_MS = 100;

const KEY_TOKENS = 16;
const PREFILL_TOKENS = 64;

/** Another way to run the model must be quicker by this much: two measurements of the same differ, too. */
const WORTHWHILE_RATIO = 0.85;

/** Longer than this nobody waits for the first suggestion in a file. */
const FIRST_PROMPT_MS = 60_000;
const SMALLEST_TUNED_CONTEXT = 2_048;

/** What follows from a measurement, where there is one. What the user set stands. */
export function tuningOf(calibration: Calibration | undefined, settings: TuningSettings): Tuning {
  const threadsSet: Choice<number> | undefined =
    settings.threads > 0 ? { value: settings.threads, why: 'setting' } : undefined;
  const contextSet: Choice<number> | undefined = settings.contextIsSet
    ? { value: settings.contextTokens, why: 'setting' }
    : undefined;
  if (calibration === undefined) {
    return {
      flashAttention: { value: undefined, why: 'not measured' },
      threads: threadsSet ?? { value: 0, why: 'not measured' },
      contextTokens: contextSet ?? { value: settings.contextTokens, why: 'not measured' },
      suffixChars: { value: DEFAULT_SUFFIX_CHARS, why: 'not measured' },
      firstTokenMs: { value: undefined, why: 'not measured' },
    };
  }
  const { runs } = calibration;
  const [first] = runs;
  const attention = flashAttentionOf(runs);
  const threads = threadsSet ?? threadsOf(runs);
  const run = attention.why === 'measured' ? attention.run : first;
  const suffixChars = suffixCharsOf(run);
  const firstTokenMs = ((suffixChars / CHARS_PER_TOKEN + KEY_TOKENS) * run.prefillMs) / PREFILL_TOKENS;
  return {
    flashAttention: { value: attention.value, why: attention.why },
    threads,
    contextTokens: contextSet ?? contextOf(run, settings.contextTokens),
    suffixChars: {
      value: suffixChars,
      why: suffixChars === DEFAULT_SUFFIX_CHARS ? 'confirmed' : 'measured',
    },
    firstTokenMs: { value: Math.round(firstTokenMs), why: 'measured' },
    speeds: {
      prefill: (1000 * PREFILL_TOKENS) / run.prefillMs,
      decode: 1000 / run.tokenMs,
      depthTokens: run.depthTokens,
    },
  };
}

type Runs = Calibration['runs'];

function flashAttentionOf(runs: Runs): Choice<boolean | undefined> & { readonly run: MeasuredRun } {
  const [first] = runs;
  const other = runs.find(
    ({ flashAttention, threads }) => flashAttention !== first.flashAttention && threads === first.threads,
  );
  if (other === undefined || first.depthTokens < TELLING_DEPTH_TOKENS) {
    return { value: undefined, why: 'not compared', run: first };
  }
  if (!isWorthwhile(other, first)) return { value: undefined, why: 'confirmed', run: first };
  return { value: other.flashAttention, why: 'measured', run: other };
}

function threadsOf(runs: Runs): Choice<number> {
  const [first] = runs;
  const fewer = runs.find(
    ({ flashAttention, threads }) => flashAttention === first.flashAttention && threads < first.threads,
  );
  if (fewer === undefined) return { value: 0, why: 'not compared' };
  if (!isWorthwhile(fewer, first)) return { value: 0, why: 'confirmed' };
  return { value: fewer.threads, why: 'measured' };
}

/** By a key's tokens and a few generated ones: prefill as such is rare. */
function isWorthwhile(run: MeasuredRun, first: MeasuredRun): boolean {
  return keyAndTextMs(run) <= WORTHWHILE_RATIO * keyAndTextMs(first);
}

function keyAndTextMs({ keyMs, tokenMs }: MeasuredRun): number {
  return keyMs + 8 * tokenMs;
}

function contextOf({ prefillMs }: MeasuredRun, asked: number): Choice<number> {
  let tokens = asked;
  while (tokens > SMALLEST_TUNED_CONTEXT && (tokens * prefillMs) / PREFILL_TOKENS > FIRST_PROMPT_MS) {
    tokens = Math.max(SMALLEST_TUNED_CONTEXT, tokens / 2);
  }
  return { value: tokens, why: tokens === asked ? 'confirmed' : 'measured' };
}

function suffixCharsOf({ prefillMs }: MeasuredRun): number {
  const affordable = ((SUFFIX_MS * PREFILL_TOKENS) / prefillMs) * CHARS_PER_TOKEN;
  return SUFFIX_CHARS.findLast((chars) => chars <= affordable) ?? DEFAULT_SUFFIX_CHARS;
}
