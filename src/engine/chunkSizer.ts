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

/**
 * Chooses how many tokens to evaluate before looking at the abort signal again: the largest size whose measured time
 * stays within the budget. Costs are learned from the work itself; unknown sizes are extrapolated linearly from known ones.
 */
export class ChunkSizer {
  private readonly _budgetMs: number;
  private readonly _largest: number;
  private readonly _costs = new Map</* chunk tokens */ number, Ewma>();

  /**
   * @param budgetMs longest time one chunk should take.
   * @param largest the engine's batch size in tokens.
   */
  constructor(budgetMs: number, largest: number) {
    this._budgetMs = budgetMs;
    this._largest = largest;
  }

  /** Tokens for the next chunk; at most what remains. */
  next(remaining: number): number {
    return Math.min(this.size(), remaining);
  }

  /** The size now chosen, at least {@link SMALLEST} whatever it costs. */
  size(): number {
    let chosen = SMALLEST;
    for (const size of CHUNK_SIZES) {
      if (size <= chosen || size > this._largest) continue;
      const cost = this.predictMs(size);
      if (cost === undefined) break;
      const isFree = cost * WORTHWHILE_RATIO <= (this.predictMs(chosen) ?? 0);
      if (cost <= this._budgetMs || isFree) chosen = size;
    }
    return chosen;
  }

  /** Learns from a chunk that was evaluated. Sizes that are not of the table tell nothing about it and are ignored. */
  observe(tokens: number, ms: number): void {
    if (!CHUNK_SIZES.includes(tokens)) return;
    const cost = this._costs.get(tokens) ?? new Ewma(SAMPLE_WEIGHT);
    cost.add(ms);
    this._costs.set(tokens, cost);
  }

  /**
   * The lower of what was measured for this size and what the next smaller known size suggests: the second keeps a size
   * that was slow once, on a machine that was busy then, from being shut out for ever.
   */
  private predictMs(size: number): number | undefined {
    const own = this._costs.get(size)?.value;
    const smaller = CHUNK_SIZES.findLast((known) => known < size && this._costs.has(known));
    const suggested =
      smaller === undefined ? undefined : ((this._costs.get(smaller)?.value ?? 0) * size) / smaller;
    if (own === undefined) return suggested;
    return suggested === undefined ? own : Math.min(own, suggested);
  }
}
