import type { Filter, Filtered } from './filter.ts';

/** VS Code shows no suggestion longer than this. */
const MAX_CHARS = 5_000;

/** Drops what VS Code would not show. */
export const tooLong: Filter = {
  name: 'too long',
  apply(text: string): Filtered {
    return { text: text.length > MAX_CHARS ? '' : text, final: false };
  },
};
