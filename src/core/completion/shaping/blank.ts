import type { Filter, Filtered } from './filter.ts';

/** Nothing to see is nothing to show. */
export const blank: Filter = {
  name: 'blank',
  apply(text: string): Filtered {
    return { text: text.trim() === '' ? '' : text, final: false };
  },
};
