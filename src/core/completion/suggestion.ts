import { place, unmatchedClosers, type Placement } from './placement.ts';
import { typedBetween } from './typedBetween.ts';
import { typeThrough } from './typeThrough.ts';
import { restOfLine, type View } from './view.ts';

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
    if (typed === undefined) return undefined;
    const remainder = typeThrough(this.text, typed.text);
    if (remainder === undefined || remainder.trim() === '') return undefined;
    const rest = restOfLine(view);
    const placement = place(cutClosedBelow(remainder, typed.closed), rest);
    const changesNothing = placement.text === rest.slice(0, placement.replaceChars);
    return placement.text.trim() === '' || changesNothing ? undefined : placement;
  }
}

/**
 * Enter between two brackets puts the closer on a line below the cursor, out of a suggestion's reach: the suggestion
 * ends where it would write that closer a second time.
 */
function cutClosedBelow(text: string, closed: string): string {
  const line = closed.indexOf('\n');
  if (line < 0) return text;
  const closer = closed.slice(line).trimStart().charAt(0);
  const at = unmatchedClosers(text).find((position) => text.charAt(position) === closer);
  return at === undefined ? text : text.slice(0, at).trimEnd();
}
