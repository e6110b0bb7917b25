import type { ShapeOptions } from './shaping/filter.ts';
import { shape } from './shaping/shape.ts';
import { Suggestion } from './suggestion.ts';
import type { View } from './view.ts';

/**
 * What can be shown of a generation before its end: its whole lines, shaped as if there were no more to come, once the
 * user has waited long enough. What was given out only ever grows.
 */
export class EarlyLines {
  private readonly _view: View;
  private readonly _options: ShapeOptions;
  private readonly _isSure: (text: string) => boolean;
  private _read = 0;
  private _isDue = false;
  private _lines: Suggestion | undefined;
  private _given: Suggestion | undefined;
  private readonly _waiting = new Set<() => void>();

  /** @param isSure whether the model is sure enough of a text for it to be shown. */
  constructor(view: View, options: ShapeOptions, isSure: (text: string) => boolean) {
    this._view = view;
    this._isSure = isSure;
    this._options = options;
  }

  /** All that the model has written so far. */
  take(written: string): void {
    const end = written.lastIndexOf('\n');
    if (end <= this._read) return;
    this._read = end;
    const shaped = shape({
      view: this._view,
      written: written.slice(0, end),
      complete: true,
      options: this._options,
    });
    const text = shaped.kind === 'edit' ? shaped.text : '';
    if (!text.startsWith(this._given?.text ?? '') || !this._isSure(text)) return;
    this._lines = text === '' ? undefined : new Suggestion(this._view, text);
    this.look();
  }

  /** The user has waited long enough. */
  due(): void {
    this._isDue = true;
    this.look();
  }

  /** The lines so far, where they are due and have something to offer at `view`. */
  at(view: View): Suggestion | undefined {
    if (!this._isDue || this._lines?.remainderAt(view) === undefined) return undefined;
    return (this._given = this._lines);
  }

  /** Resolves with {@link at} as soon as there are some. Never rejects, and where there are none never resolves. */
  next(view: View): Promise<Suggestion> {
    return new Promise((resolve) => {
      const look = (): void => {
        const lines = this.at(view);
        if (!lines) return;
        this._waiting.delete(look);
        resolve(lines);
      };
      this._waiting.add(look);
      look();
    });
  }

  /** What the generation ends with: what was given out stays, even where the whole text would have been shaped otherwise. */
  atEnd(whole: Suggestion | undefined): Suggestion | undefined {
    const given = this._given;
    return given === undefined || whole?.text.startsWith(given.text) ? whole : given;
  }

  private look(): void {
    for (const look of [...this._waiting]) look();
  }
}
