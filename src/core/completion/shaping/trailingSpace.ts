import { restOfLine } from '../view.ts';
import type { Filter, Filtered, ShapeContext } from './filter.ts';

/**
 * Takes white space off the end, where nobody sees it and an accepted suggestion would leave it. It stays where it parts the
 * text from what stands behind the cursor, and between the words of prose.
 */
export const trailingSpace: Filter = {
  name: 'trailing space',
  apply(text: string, { view, language }: ShapeContext): Filtered {
    const rest = restOfLine(view);
    const parts =
      !text.endsWith('\n') && (/^\S/.test(rest) || (rest === '' && language.prose && /\w $/.test(text)));
    return { text: parts ? text : text.trimEnd(), final: false };
  },
};
