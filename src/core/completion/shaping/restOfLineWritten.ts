import { restOfLine } from '../view.ts';
import type { Filter, Filtered, ShapeContext } from './filter.ts';

/** An overlap this short comes about by chance. */
const TELLING_CHARS = 3;

/**
 * Cuts from the end what stands behind the cursor on its line, whole or as far as the model wrote it. Words only: over
 * closing brackets a suggestion is placed.
 */
export const restOfLineWritten: Filter = {
  name: 'rest of the line',
  apply(text: string, { view }: ShapeContext): Filtered {
    const rest = restOfLine(view).trim();
    if (!/\w/.test(rest)) return { text, final: false };
    if (text.trimEnd().endsWith(rest)) return { text: text.trimEnd().slice(0, -rest.length), final: false };
    for (let length = Math.min(rest.length, text.length) - 1; length >= TELLING_CHARS; length--) {
      const part = rest.slice(0, length);
      if (text.endsWith(part) && isOwnWord(text, length) && /\w{2}/.test(part)) {
        return { text: text.slice(0, -length), final: false };
      }
    }
    return { text, final: false };
  },
};

/** Whether the overlap of `length` characters does not begin in the middle of a word of the text. */
function isOwnWord(text: string, length: number): boolean {
  return !/\w\w/.test(text.slice(-length - 1).slice(0, 2));
}
