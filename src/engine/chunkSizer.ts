import { Ewma } from '../base/ewma.ts';

/**
 * The sizes a prefill chunk may have, in tokens. Powers of two up to 64, then multiples of 64: other sizes leave the
 * tiled kernels of ggml and cost up to twice as much a token (measured, docs/architecture.md).
 */
const CHUNK_SIZES: readonly number[] = [16, 32, 64, 128, 256, 512];
const SMALLEST = 16;

/** A smaller chunk must be at least this much quicker than the next larger one, or it only wastes throughput. */
const WORTHWHILE_RATIO = 0.8;

/** A new measurement's weight: a few chunks are enough to follow a busy machine or a deeper context. */
const SAMPLE_WEIGHT = 0.4;

/** A size not evaluated for this many chunks counts as unknown: the machine and the depth are others by then. */
const FORGOTTEN_AFTER_CHUNKS = 64;

/** What one size cost when it was last evaluated. */
interface Cost {
  readonly ms: Ewma;
  /** Counts chunks. */
  seenAt: number;
}

/**
 * Chooses how many tokens to evaluate before looking at the abort signal again: the largest size whose time stays within
 * the budget, and a larger one where it costs about the same. Costs are learned from the work itself.
 */
export class ChunkSizer {
  private readonly _budgetMs: number;
  private readonly _sizes: readonly number[];
  private readonly _costs = new Map</* chunk tokens */ number, Cost>();
  private _chunks = 0;
  /** The size evaluated last: the only one known to be measured under today's conditions. */
  private _latest: number | undefined;

  /**
   * @param budgetMs longest time one chunk should take.
   * @param largest chunk, in tokens; it may be more than one batch.
   */
  constructor(budgetMs: number, largest: number) {
    this._budgetMs = budgetMs;
    this._sizes = CHUNK_SIZES.filter((size) => size <= Math.max(largest, SMALLEST));
  }

  /** Tokens for the next chunk; at most what remains. */
  next(remaining: number): number {
    return Math.min(this.size(), remaining);
  }

  /** The size now chosen, at least {@link SMALLEST} whatever it costs. */
  size(): number {
    if (this._latest === undefined) return SMALLEST;
    let chosen = SMALLEST;
    for (const size of this._sizes) {
      const isFree = this.predictMs(size) * WORTHWHILE_RATIO <= this.predictMs(chosen);
      if (this.predictMs(size) <= this._budgetMs || isFree) chosen = size;
    }
    return this.untriedAfter(chosen) ?? chosen;
  }

  /** Learns from a chunk that was evaluated. Sizes that are not of the table tell nothing about it and are ignored. */
  observe(tokens: number, ms: number): void {
    if (!CHUNK_SIZES.includes(tokens)) return;
    const cost = this.known(tokens) ?? { ms: new Ewma(SAMPLE_WEIGHT), seenAt: 0 };
    cost.ms.add(ms);
    cost.seenAt = ++this._chunks;
    this._costs.set(tokens, cost);
    this._latest = tokens;
  }

  /**
   * Where even the chosen size misses the budget, the next larger one is tried once: guessing alone, in proportion, would
   * never find out that it costs the same, and stay at the floor.
   */
  private untriedAfter(chosen: number): number | undefined {
    if (this.predictMs(chosen) <= this._budgetMs) return undefined;
    const next = this._sizes.find((size) => size > chosen);
    return next !== undefined && this.known(next) === undefined ? next : undefined;
  }

  /**
   * A size's own measurement, corrected by the latest of any size: more tokens cost at least as much and at most in
   * proportion. So a time from a busy spell, or from a shallow context, does not outlive it.
   */
  private predictMs(size: number): number {
    const latest = this._latest ?? size;
    const latestMs = this.known(latest)?.ms.value ?? 0;
    const inProportionMs = (latestMs * size) / latest;
    const ownMs = this.known(size)?.ms.value ?? inProportionMs;
    return Math.min(Math.max(latestMs, inProportionMs), Math.max(Math.min(latestMs, inProportionMs), ownMs));
  }

  private known(size: number): Cost | undefined {
    const cost = this._costs.get(size);
    return cost && this._chunks - cost.seenAt < FORGOTTEN_AFTER_CHUNKS ? cost : undefined;
  }
}
