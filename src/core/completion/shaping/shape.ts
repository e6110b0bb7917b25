import type { View } from '../view.ts';
import { cutExisting } from './cutExisting.ts';
import { dropBlank } from './dropBlank.ts';
import { dropPlaceholder } from './dropPlaceholder.ts';
import type { Filter, Filtered } from './filter.ts';
import { sensibleEnd } from './sensibleEnd.ts';

/** In order; each sees what the one before it left. */
const FILTERS: readonly Filter[] = [sensibleEnd, cutExisting, dropPlaceholder, dropBlank];

/** VS Code shows no suggestion longer than this. */
const MAX_CHARS = 5000;

/** What to suggest, given what the model has written so far. '' means nothing. */
export function shape(written: string, view: View, complete: boolean): Filtered {
  let text = written.replaceAll('\r', '');
  let final = complete;
  for (const filter of FILTERS) {
    // What one filter made final is whole for those behind it; until then the last line may still grow.
    const filtered = filter.apply(text, { view, complete: final });
    text = filtered.text;
    final ||= filtered.final;
    if (text === '') break;
  }
  text = text.trimEnd();
  return { text: text.length > MAX_CHARS ? '' : text, final };
}
