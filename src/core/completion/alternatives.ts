import { onAbort } from '../../base/abort.ts';
import type { Generation } from './generation.ts';
import type { Suggestion } from './suggestion.ts';
import type { View } from './view.ts';

/** Besides the one that is shown: more are not looked through. */
const MOST = 2;

/** What begins otherwise may be shaped to the same, or to nothing. */
const MOST_TRIES = 4;

/**
 * Other suggestions than `shown` at a view, which differ from it and from each other in their first line. One after another, because
 * the model writes one at a time.
 *
 * @param generate a generation whose text begins otherwise: see {@link CompletionRequest.skip}.
 */
export async function alternatives(
  view: View,
  shown: string,
  generate: (skip: number) => Generation,
  signal: AbortSignal,
): Promise<readonly Suggestion[]> {
  const found: Suggestion[] = [];
  const seen = new Set([firstLineOf(shown)]);
  for (let skip = 1; skip <= MOST_TRIES && found.length < MOST && !signal.aborted; skip++) {
    const generation = generate(skip);
    const detach = onAbort(signal, () => generation.abort());
    const end = await generation.end;
    detach();
    if (end.kind === 'failed' || end.kind === 'superseded') break;
    const text = end.kind === 'suggestion' ? end.suggestion.remainderAt(view)?.text : undefined;
    if (end.kind !== 'suggestion' || text === undefined || seen.has(firstLineOf(text))) continue;
    seen.add(firstLineOf(text));
    found.push(end.suggestion);
  }
  return found;
}

function firstLineOf(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}
