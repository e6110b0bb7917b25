import type { CompleteTimings } from '../rpc/engineProtocol.ts';

/** What a request has cost so far: tokens, and milliseconds since it reached the engine. */
export class RequestRecord {
  reusedTokens = 0;
  evaluatedTokens = 0;
  generatedTokens = 0;
  private readonly _arrivedAtMs: number;
  private readonly _startedMs: number;
  private _prefilledMs: number | undefined;
  private _firstTokenMs: number | null = null;

  /** @param arrivedAtMs on `performance.now()`'s clock. Made when the request gets its turn. */
  constructor(arrivedAtMs: number) {
    this._arrivedAtMs = arrivedAtMs;
    this._startedMs = this.now();
  }

  prefilled(): void {
    this._prefilledMs = this.now();
  }

  /** Those after the first change nothing. */
  firstToken(): void {
    this._firstTokenMs ??= this.now();
  }

  /** As a reply names it, now that the request has ended. */
  costs() {
    const totalMs = this.now();
    const timings: CompleteTimings = {
      startedMs: this._startedMs,
      prefilledMs: this._prefilledMs ?? totalMs,
      firstTokenMs: this._firstTokenMs,
      totalMs,
    };
    const { reusedTokens, evaluatedTokens, generatedTokens } = this;
    return { reusedTokens, evaluatedTokens, generatedTokens, timings };
  }

  private now(): number {
    return performance.now() - this._arrivedAtMs;
  }
}
