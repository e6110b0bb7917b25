/** Holds one call until the test lets it go. */
export class Gate {
  /** Resolves when the call has arrived at the gate. */
  readonly arrived: Promise<void>;
  private readonly _released: Promise<void>;
  private _arrive: () => void = () => undefined;
  private _release: () => void = () => undefined;

  constructor() {
    this.arrived = new Promise((resolve) => (this._arrive = resolve));
    this._released = new Promise((resolve) => (this._release = resolve));
  }

  async pass(): Promise<void> {
    this._arrive();
    await this._released;
  }

  release(): void {
    this._release();
  }
}
