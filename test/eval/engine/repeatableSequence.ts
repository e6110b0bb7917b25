import type { BoundSequence, Candidate, Choose } from '../../../src/engine/binding.ts';

/** With flash attention the processor's results depend on the size of a batch, below 64 tokens by much. */
const CHUNK_TOKENS = 64;

/**
 * A sequence that gives the same answer to the same prompt, whatever came before and however busy the machine is: nothing
 * is kept from one prompt to the next, and a prompt is evaluated from its beginning in chunks of one size. The lane
 * otherwise keeps what two prompts share, and chooses its chunks by measured time; both change last digits, and now and
 * then a token.
 */
export class RepeatableSequence implements BoundSequence {
  readonly prefersChunksOf64: boolean;
  private readonly _inner: BoundSequence;
  /** Taken from the lane, and not yet evaluated. */
  private _waiting: number[] = [];

  constructor(inner: BoundSequence) {
    this._inner = inner;
    this.prefersChunksOf64 = inner.prefersChunksOf64;
  }

  get contextTokens(): number {
    return this._inner.contextTokens;
  }

  get length(): number {
    return this._inner.length + this._waiting.length;
  }

  commonPrefixLength(): number {
    return 0;
  }

  async truncate(length: number): Promise<void> {
    this._waiting.length = Math.max(0, Math.min(this._waiting.length, length - this._inner.length));
    await this._inner.truncate(length);
  }

  async prefill(tokens: readonly number[]): Promise<void> {
    this._waiting.push(...tokens);
  }

  async *generate(tokens: readonly number[], choose?: Choose): AsyncGenerator<Candidate, void, void> {
    yield* this._inner.generate(await this.evaluateAllBut(tokens), choose);
  }

  async candidates(tokens: readonly number[]): Promise<Iterable<Candidate>> {
    return this._inner.candidates(await this.evaluateAllBut(tokens));
  }

  /** The last chunk, which the caller evaluates: at least one token. */
  private async evaluateAllBut(tokens: readonly number[]): Promise<number[]> {
    const all = [...this._waiting, ...tokens];
    this._waiting = [];
    let position = 0;
    for (; all.length - position > CHUNK_TOKENS; position += CHUNK_TOKENS) {
      await this._inner.prefill(all.slice(position, position + CHUNK_TOKENS));
    }
    return all.slice(position);
  }
}
