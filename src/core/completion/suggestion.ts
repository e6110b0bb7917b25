import { languageOf } from '../languages/languageOf.ts';
import { scanBrackets } from './brackets.ts';
import { place, type Placement } from './placement.ts';
import { surroundingsOf } from './surroundings.ts';
import { typedBetween } from './typedBetween.ts';
import { typeThrough } from './typeThrough.ts';
import { linePrefix, type Place, restOfLine, type View } from './view.ts';

/** A text the model suggested at one place. Immutable; what is left of it at a later view is asked for, not kept. */
export class Suggestion {
  readonly view: Place;
  /** Shaped text to insert at the view's cursor. Not empty. */
  readonly text: string;

  constructor(view: Place, text: string) {
    this.view = view;
    this.text = text;
  }

  /**
   * What is left to insert at `view`, or undefined where the document went another way or nothing is left.
   * @param shift characters that came in further up in the document since.
   */
  remainderAt(view: View, shift = 0): Placement | undefined {
    const typed = typedBetween({ ...this.view, offset: this.view.offset + shift }, view);
    if (typed === undefined) return undefined;
    const remainder = this.afterTyping(typed.text);
    if (remainder === undefined || remainder.trim() === '') return undefined;
    const placement = place(cutClosedBelow(remainder, typed.closed, view), view);
    const changesNothing = placement.text === restOfLine(view).slice(0, placement.replaceChars);
    return placement.text.trim() === '' || changesNothing ? undefined : placement;
  }

  /** At the start of a line the indentation that the user gave it stands for the suggestion's own. */
  private afterTyping(typed: string): string | undefined {
    const remainder = typeThrough(this.text, typed);
    if (remainder !== undefined || linePrefix(this.view).trim() !== '') return remainder;
    return typeThrough(this.text.trimStart(), typed.trimStart());
  }
}

/**
 * Enter between two brackets puts the closer on a line below the cursor, out of a suggestion's reach: the suggestion
 * ends where it would write that closer a second time.
 */
function cutClosedBelow(text: string, closed: string, view: View): string {
  const line = closed.indexOf('\n');
  if (line < 0) return text;
  const closer = closed.slice(line).trimStart().charAt(0);
  const { closers } = scanBrackets(text, languageOf(view), surroundingsOf(view).open);
  const again = closers.find(({ character }) => character === closer);
  return again === undefined ? text : text.slice(0, again.at).trimEnd();
}
