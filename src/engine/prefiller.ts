import { Ewma } from '../base/ewma.ts';
import type { BoundSequence } from './binding.ts';
import { ChunkSizer } from './chunkSizer.ts';

/**
 * A native call cannot be interrupted, so an abort waits for the chunk in flight: 100 ms on average leaves room for the
 * slow chunk in twenty within the 150 ms promised.
 */
const CHUNK_BUDGET_MS = 100;
const LARGEST_CHUNK_TOKENS = 512;

/** A new measurement's weight in the speeds of a lane. */
export const SPEED_WEIGHT = 0.3;

/**
 * Brings a sequence from one prompt to the next: what they share is kept, the rest is evaluated in chunks whose size follows
 * their measured time. Each call is one native call at most; the caller looks around between them.
 */
export class Prefiller {
  private readonly _sequence: BoundSequence;
  private readonly _chunks = new ChunkSizer(CHUNK_BUDGET_MS, LARGEST_CHUNK_TOKENS);
  private readonly _speed = new Ewma(SPEED_WEIGHT);

  constructor(sequence: BoundSequence) {
    this._sequence = sequence;
  }

  /** Tokens of the chunk that would be next. */
  get chunkTokens(): number {
    return this._chunks.size();
  }

  /** Tokens a second; undefined until measured. */
  get speed(): number | undefined {
    return this._speed.value;
  }

  /** Tokens for the next chunk; at most what remains. */
  next(remaining: number): number {
    return this._chunks.next(remaining);
  }

  /** Keeps the KV entries that `tokens` shares with the cache, all but one token at most: the last must be evaluated. */
  async adapt(tokens: readonly number[]): Promise<number> {
    let kept = Math.min(this._sequence.commonPrefixLength(tokens), tokens.length - 1);
    const rest = tokens.length - kept;
    if (this._sequence.prefersChunksOf64 && rest > 32 && rest < 64) kept = Math.max(0, tokens.length - 64);
    await this._sequence.truncate(kept);
    return kept;
  }

  async prefill(tokens: readonly number[]): Promise<void> {
    const startedAtMs = performance.now();
    await this._sequence.prefill(tokens);
    const ms = performance.now() - startedAtMs;
    this._chunks.observe(tokens.length, ms);
    if (ms > 0) this._speed.add((1000 * tokens.length) / ms);
  }
}
