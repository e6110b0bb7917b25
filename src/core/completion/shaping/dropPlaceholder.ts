import { REDACTED_MARK } from '../../context/redaction/placeholder.ts';
import type { Filter, Filtered } from './filter.ts';

/** What stood in the prompt for a secret is not the user's code, and nothing to put into it. */
export const dropPlaceholder: Filter = {
  name: 'placeholder',
  apply(text: string): Filtered {
    return text.includes(REDACTED_MARK) ? { text: '', final: true } : { text, final: false };
  },
};
