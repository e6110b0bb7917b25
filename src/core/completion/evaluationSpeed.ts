import { Ewma } from '../../base/ewma.ts';

const WEIGHT = 0.3;

/** With fewer tokens than this, more than their evaluation is measured. */
const FEWEST_TOKENS = 32;

/** How fast the model reads a prompt, learned from what it has read. */
export class EvaluationSpeed {
  private readonly _speed = new Ewma(WEIGHT);

  /** Tokens a second; undefined until measured. */
  get value(): number | undefined {
    return this._speed.value;
  }

  observe(tokens: number, elapsedMs: number): void {
    if (tokens >= FEWEST_TOKENS && elapsedMs > 0) this._speed.add((1000 * tokens) / elapsedMs);
  }
}
