/** The ghost text that VS Code would show, as it was seen to behave: see what moves it and what takes it away. */
export class Screen {
  private _ghost = '';
  /** Times at which text that matched what was typed went away, or gave place to other text. */
  flickers = 0;

  /** '' where there is none. */
  get ghost(): string {
    return this._ghost;
  }

  /** A key, before any answer: what matches is shifted, what does not is gone. Neither is a flicker. */
  typed(key: string): void {
    this._ghost = this._ghost.startsWith(key) ? this._ghost.slice(key.length) : '';
  }

  /** An answer to the newest question. */
  answered(text: string | undefined): void {
    const now = text ?? '';
    // Longer text with the same beginning grows in place.
    if (this._ghost.trim() !== '' && !now.startsWith(this._ghost)) this.flickers++;
    this._ghost = now;
  }
}
