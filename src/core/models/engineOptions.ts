/** How the model is run, as the user set it: whole numbers within their bounds. */
export interface EngineOptions {
  /** 0: all cores but one. */
  readonly threads: number;
  readonly gpu: 'auto' | 'off';
  /** Prompt and completion together; the model's own window caps it. */
  readonly contextTokens: number;
  /** Without a request for this long the model's memory is freed; undefined: never. */
  readonly idleMs: number | undefined;
}

/** Settings as they stand in a settings.json: of any type. */
export type RawEngineOptions = Readonly<Record<keyof typeof DEFAULTS | 'gpu', unknown>>;

/** As package.json has them. */
const DEFAULTS = { threads: 0, contextTokens: 8_192, idleUnloadMinutes: 30 } as const;

export const SMALLEST_CONTEXT_TOKENS = 1_024;
export const LARGEST_CONTEXT_TOKENS = 131_072;
export const MOST_THREADS = 256;
/** A week. Timers cannot wait longer than 24 days. */
export const MOST_IDLE_MINUTES = 10_080;

/** What is no number counts as not set; a number out of bounds as the nearest within. */
export function engineOptions(raw: RawEngineOptions): EngineOptions {
  const minutes = bounded(raw.idleUnloadMinutes, DEFAULTS.idleUnloadMinutes, 0, MOST_IDLE_MINUTES);
  return {
    threads: Math.round(bounded(raw.threads, DEFAULTS.threads, 0, MOST_THREADS)),
    gpu: raw.gpu === 'off' ? 'off' : 'auto',
    contextTokens: Math.round(
      bounded(raw.contextTokens, DEFAULTS.contextTokens, SMALLEST_CONTEXT_TOKENS, LARGEST_CONTEXT_TOKENS),
    ),
    idleMs: minutes === 0 ? undefined : Math.ceil(minutes * 60_000),
  };
}

function bounded(value: unknown, fallback: number, least: number, most: number): number {
  if (typeof value !== 'number' || Number.isNaN(value)) return fallback;
  return Math.min(most, Math.max(least, value));
}
