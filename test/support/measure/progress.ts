const EVERY_MS = 5000;

/** Lines like `120 of 300, 4 min left`, at most one in five seconds and one at the end. */
export class Progress {
  private readonly _total: number;
  private readonly _write: (line: string) => void;
  private readonly _nowMs: () => number;
  private readonly _startedMs: number;
  private _writtenMs: number;
  private _done = 0;

  constructor(total: number, write: (line: string) => void, nowMs: () => number = () => performance.now()) {
    this._total = total;
    this._write = write;
    this._nowMs = nowMs;
    this._startedMs = nowMs();
    this._writtenMs = this._startedMs;
  }

  /** One more is done. */
  step(): void {
    this._done++;
    const now = this._nowMs();
    const isLast = this._done === this._total;
    if (!isLast && now - this._writtenMs < EVERY_MS) return;
    this._writtenMs = now;
    const elapsedMs = now - this._startedMs;
    const leftMs = (elapsedMs / this._done) * (this._total - this._done);
    this._write(
      `${this._done} of ${this._total}, ${isLast ? `${inWords(elapsedMs)} in all` : `${inWords(leftMs)} left`}\n`,
    );
  }
}

function inWords(ms: number): string {
  if (ms < 99_500) return `${Math.round(ms / 1000)} s`;
  const minutes = Math.round(ms / 60_000);
  return minutes < 100 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
