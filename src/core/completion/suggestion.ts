import { place, type Placement } from './placement.ts';
import { typeThrough } from './typeThrough.ts';
import { restOfLine, typedBetween, type View } from './view.ts';

/** A text the model suggested at one place. Immutable; what is left of it at a later view is asked for, not kept. */
export class Suggestion {
  readonly view: View;
  /** Shaped text to insert at the view's cursor. Not empty. */
  readonly text: string;

  constructor(view: View, text: string) {
    this.view = view;
    this.text = text;
  }

  /** What is left to insert at `view`, or undefined where the document went another way or nothing is left. */
  remainderAt(view: View): Placement | undefined {
    const typed = typedBetween(this.view, view);
    const remainder = typed === undefined ? undefined : typeThrough(this.text, typed);
    if (remainder === undefined || remainder.trim() === '') return undefined;
    const placement = place(remainder, restOfLine(view));
    return placement.text.trim() === '' ? undefined : placement;
  }
}
