import { linePrefix } from '../view.ts';
import type { Filter, Filtered, ShapeContext } from './filter.ts';

/** Nothing to see is nothing to show. A suggestion never begins with blank lines on a line that is blank already. */
export const dropBlank: Filter = {
  name: 'drop blank',
  apply(text: string, { view }: ShapeContext): Filtered {
    if (text.trim() === '') return { text: '', final: false };
    if (text.startsWith('\n') && linePrefix(view).trim() === '') return { text: '', final: true };
    return { text, final: false };
  },
};
