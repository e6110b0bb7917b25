import { closeAll, scanBrackets } from '../brackets.ts';
import { surroundingsOf } from '../surroundings.ts';
import type { Filter, Filtered, ShapeContext } from './filter.ts';

/**
 * Cuts before the bracket that would close a second time what the lines below the cursor close already. Closers on the
 * cursor's own line are left to where the edit is placed.
 */
export const brackets: Filter = {
  name: 'brackets',
  apply(text: string, { view, language, complete }: ShapeContext): Filtered {
    const { open, closedBelow, whole } = surroundingsOf(view);
    // While it may go on, an opener may still follow for the closer below.
    if (!complete || !whole || closedBelow === '') return { text, final: false };
    const { closers, open: left } = scanBrackets(text, language, open);
    const allowed = closeAll(open, closedBelow).surplus;
    if (closers.length === 0 || closeAll(left, closedBelow).surplus <= allowed) return { text, final: false };
    const kept = closers.findLast(({ at }) => {
      const before = scanBrackets(text.slice(0, at), language, open).open;
      return closeAll(before, closedBelow).surplus <= allowed;
    });
    return kept ? { text: text.slice(0, kept.at).trimEnd(), final: false } : { text: '', final: false };
  },
};
