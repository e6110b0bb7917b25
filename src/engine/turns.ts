/** A queue in which one caller at a time holds the turn, in order of asking. */
export class Turns {
  private _last: Promise<void> = Promise.resolve();
  private _waiting = 0;
  private _held = 0;

  /** How many have asked and not yet got their turn. */
  get waiting(): number {
    return this._waiting;
  }

  get busy(): boolean {
    return this._held > 0;
  }

  /** Resolves with the function that ends the turn. Call it exactly once, in a `finally`. */
  async take(): Promise<() => void> {
    const before = this._last;
    let end = (): void => undefined;
    this._last = new Promise((resolve) => {
      end = resolve;
    });
    this._waiting++;
    await before;
    this._waiting--;
    this._held++;
    return () => {
      this._held--;
      end();
    };
  }
}
