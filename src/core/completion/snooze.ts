import type { Disposable } from '../../base/disposable.ts';
import { Emitter } from '../../base/emitter.ts';

/** Completions off for a while. Lives as long as the window. */
export class Snooze implements Disposable {
  private readonly _changed = new Emitter<void>();
  private _timer: NodeJS.Timeout | undefined;

  readonly onDidChange = this._changed.event;

  get active(): boolean {
    return this._timer !== undefined;
  }

  start(minutes: number): void {
    this.stopTimer();
    this._timer = setTimeout(() => this.end(), minutes * 60_000);
    this._changed.fire();
  }

  end(): void {
    if (!this.active) return;
    this.stopTimer();
    this._changed.fire();
  }

  dispose(): void {
    this.stopTimer();
    this._changed.dispose();
  }

  private stopTimer(): void {
    clearTimeout(this._timer);
    this._timer = undefined;
  }
}
