/** One way to run a model, and what it took there. Milliseconds. */
export interface MeasuredRun extends RunMode {
  /** Tokens that stood before those whose time was taken. */
  readonly depthTokens: number;
  /** Of 64 tokens of prefill. */
  readonly prefillMs: number;
  /** Of 16, as a key has. */
  readonly keyMs: number;
  /** Of one generated token. */
  readonly tokenMs: number;
}

export interface RunMode {
  readonly flashAttention: boolean;
  readonly threads: number;
}

/** What was measured of one model file on one machine; the first run is the one that the engine takes by itself. */
export interface Calibration {
  readonly runs: readonly [MeasuredRun, ...MeasuredRun[]];
}

/** How a model is run that nothing was measured of, as the engine says. */
export interface LoadedMode {
  readonly backend: string;
  readonly flashAttention: boolean | 'auto';
  readonly threads: number;
  /** Tokens a second; undefined: not known yet. */
  readonly prefillSpeed: number | undefined;
}

export interface MeasurePlan {
  readonly depthTokens: number;
  readonly modes: readonly [RunMode, ...RunMode[]];
}

/**
 * Flash attention shows what it is worth behind text only: at the beginning it looks quicker in models where it is half as fast
 * 3,000 tokens later. Behind fewer tokens than this the two are not compared.
 */
export const TELLING_DEPTH_TOKENS = 512;

const DEEPEST_TOKENS = 2_048;
const CHUNK_TOKENS = 64;

/** What getting to that depth may take for each way to run the model. */
const DEPTH_MS = 5_000;

/** Halving fewer cores says nothing that a user would feel. */
const FEWEST_HALVED_THREADS = 4;

/**
 * What to time: always the way the model is run by itself; on a processor that is quick enough, flash attention the other way;
 * and half of the threads where there are many, because two threads of one core share what it computes with.
 */
export function measurePlan({ backend, flashAttention, threads, prefillSpeed = 0 }: LoadedMode): MeasurePlan {
  const affordable = Math.floor((prefillSpeed * DEPTH_MS) / 1000 / CHUNK_TOKENS) * CHUNK_TOKENS;
  const isOnProcessor = backend === 'cpu' && flashAttention !== 'auto';
  const compares = isOnProcessor && affordable >= TELLING_DEPTH_TOKENS;
  const asLoaded = { flashAttention: flashAttention !== false, threads };
  const modes: [RunMode, ...RunMode[]] = [asLoaded];
  if (compares) modes.push({ flashAttention: !asLoaded.flashAttention, threads });
  if (isOnProcessor && threads >= FEWEST_HALVED_THREADS) {
    modes.push({ ...asLoaded, threads: Math.ceil(threads / 2) });
  }
  return { depthTokens: compares ? Math.min(affordable, DEEPEST_TOKENS) : 0, modes };
}
