import { Ewma } from '../../base/ewma.ts';

/** A longer gap is a pause for thought and says nothing about the typing rhythm. */
const LONGEST_GAP_MS = 1000;
const WEIGHT = 0.2;
const FIRST_GAP_MS = 180;
const FIRST_MODEL_MS = 200;
const LONGEST_DELAY_MS = 350;

/** A little more than the usual gap: when it has passed, the user has most likely paused. */
const PAUSE_FACTOR = 1.2;

/**
 * How long to wait after a key before the model is asked. The wait is there to save work that the next key would make
 * useless, so it is never longer than the work itself, the time to first token, nor longer than it takes to see that
 * the user paused.
 */
export class AdaptiveDelay {
  private readonly _gapMs = new Ewma(WEIGHT);
  private readonly _modelMs = new Ewma(WEIGHT);
  private _lastKeyMs: number | undefined;

  key(nowMs: number): void {
    const gap = this._lastKeyMs === undefined ? undefined : nowMs - this._lastKeyMs;
    this._lastKeyMs = nowMs;
    if (gap !== undefined && gap <= LONGEST_GAP_MS) this._gapMs.add(gap);
  }

  /** A measured time to first token. One that includes loading the model must not outweigh the next twenty. */
  observe(firstTokenMs: number): void {
    this._modelMs.add(Math.min(firstTokenMs, LONGEST_DELAY_MS));
  }

  /** @param expectedMs to first token, as long as none was measured; undefined: not known. */
  delayMs(expectedMs = FIRST_MODEL_MS): number {
    const pause = PAUSE_FACTOR * (this._gapMs.value ?? FIRST_GAP_MS);
    return Math.round(Math.min(this._modelMs.value ?? expectedMs, pause, LONGEST_DELAY_MS));
  }

  /** Milliseconds since the last key, for those who want to wait for a pause. */
  sinceKeyMs(nowMs: number): number {
    return this._lastKeyMs === undefined ? Infinity : nowMs - this._lastKeyMs;
  }
}
