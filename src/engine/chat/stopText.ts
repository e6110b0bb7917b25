/**
 * Ends a text that comes in pieces before the first of some stop texts. What may be the beginning of one is held back until
 * more is known.
 */
export class StopText {
  private readonly _stops: readonly string[];
  private _held = '';
  private _reached = false;

  constructor(stops: readonly string[]) {
    this._stops = stops;
  }

  /** A stop text has come: nothing more is given out. */
  get reached(): boolean {
    return this._reached;
  }

  /** Text that is certain with this piece; may be empty. */
  push(piece: string): string {
    if (this._reached) return '';
    const text = this._held + piece;
    const found = this._stops.map((stop) => text.indexOf(stop)).filter((index) => index >= 0);
    this._reached = found.length > 0;
    const end = this._reached ? Math.min(...found) : text.length - this.beginningAtEnd(text);
    this._held = this._reached ? '' : text.slice(end);
    return text.slice(0, end);
  }

  /** What was held back, where the text ends here. */
  rest(): string {
    return this._held;
  }

  /** Length of the longest ending of `text` that a stop text begins with. */
  private beginningAtEnd(text: string): number {
    const longest = Math.max(0, ...this._stops.map((stop) => stop.length - 1));
    for (let length = Math.min(longest, text.length); length > 0; length--) {
      const ending = text.slice(-length);
      if (this._stops.some((stop) => stop.startsWith(ending))) return length;
    }
    return 0;
  }
}
