const BACK_OFF_MS: readonly number[] = [100, 1_000, 4_000];

/** Deaths further apart than this are unrelated. */
const MEMORY_MS = 120_000;

/** How long to wait before an engine that died is started again, and when to stop trying. Pure but for its memory. */
export class RestartPolicy {
  private _deathsMs: number[] = [];

  /** Milliseconds to wait after a death at `nowMs`, or undefined: it died too often, give up. */
  afterDeath(nowMs: number): number | undefined {
    this._deathsMs = [...this._deathsMs.filter((deathMs) => nowMs - deathMs < MEMORY_MS), nowMs];
    return BACK_OFF_MS[this._deathsMs.length - 1];
  }

  reset(): void {
    this._deathsMs = [];
  }
}
