const BACK_OFF_MS: readonly number[] = [100, 1_000, 4_000];

/** Deaths further apart than this are unrelated. */
const MEMORY_MS = 120_000;

/**
 * How long to wait before an engine that died is started again, and when to stop trying. Each answer makes up for one
 * death: an engine that something kills from outside answers in between, one that dies of its model answers nothing.
 * Pure but for its memory.
 */
export class RestartPolicy {
  private _deathsMs: number[] = [];

  /** Milliseconds to wait after a death at `nowMs`, or undefined: it died too often, give up. */
  afterDeath(nowMs: number): number | undefined {
    this._deathsMs = [...this._deathsMs.filter((deathMs) => nowMs - deathMs < MEMORY_MS), nowMs];
    return BACK_OFF_MS[this._deathsMs.length - 1];
  }

  /** @param answers requests that the engine which just died had answered. */
  forgive(answers: number): void {
    this._deathsMs = this._deathsMs.slice(answers);
  }

  reset(): void {
    this._deathsMs = [];
  }
}
