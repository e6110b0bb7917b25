import { languageOf } from '../languages/languageOf.ts';
import { scanBrackets } from './brackets.ts';
import { below, SUFFIX_WINDOW_CHARS, type View } from './view.ts';

/** The brackets of a document around the cursor. */
export interface Surroundings {
  /** Open at the cursor, outermost first; the last may be the quote of a string that the cursor stands in. */
  readonly open: readonly string[];
  /** Closing brackets on the lines below that close what was opened before the cursor. */
  readonly closedBelow: string;
  /** False where the window of the view ends before the document does: more may be open, or closed. */
  readonly whole: boolean;
}

/** About a thousand lines: what a bracket further up opened is of no use to whoever writes here. */
const SCANNED_CHARS = 48_000;

/** A view is asked again for each piece of text that the model writes. */
const known = new WeakMap<View, Surroundings>();

export function surroundingsOf(view: View): Surroundings {
  const found = known.get(view) ?? look(view);
  known.set(view, found);
  return found;
}

function look(view: View): Surroundings {
  const language = languageOf(view);
  const before = view.prefix.slice(-SCANNED_CHARS);
  return {
    open: scanBrackets(before, language).open,
    closedBelow: scanBrackets(withoutOddClosers(below(view)), language)
      .closers.map(({ character }) => character)
      .filter((character) => ')]}'.includes(character))
      .join(''),
    whole:
      view.firstLine === 0 &&
      before.length === view.prefix.length &&
      view.suffix.length < SUFFIX_WINDOW_CHARS,
  };
}

/** A bracket with a digit behind it ends nothing that a person would have written. */
function withoutOddClosers(text: string): string {
  return text.replace(/[)\]}](?=\d)/g, '');
}
