import { closeAll, type Closer, scanBrackets } from '../brackets.ts';
import { surroundingsOf } from '../surroundings.ts';
import { below } from '../view.ts';
import type { Filter, Filtered, ShapeContext } from './filter.ts';

const CLOSERS_LINE = /^\s*[)\]}]+[;,]?$/;

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
    const surplus = (kept: string): number => {
      return closeAll(scanBrackets(kept, language, open).open, closedBelow).surplus;
    };
    const kept = withoutOuterClosers(text, scanBrackets(text, language, open).closers, surplus);
    return { text: withoutLinesBelow(kept, closersDirectlyBelow(below(view)), surplus), final: false };
  },
};

/** Cut where it closes what was opened before the cursor, if that leaves more closers below without a partner. */
function withoutOuterClosers(
  text: string,
  closers: readonly Closer[],
  surplus: (kept: string) => number,
): string {
  const allowed = surplus('');
  if (closers.length === 0 || surplus(text) <= allowed) return text;
  const last = closers.findLast(({ at }) => surplus(text.slice(0, at)) <= allowed);
  return text.slice(0, last?.at ?? 0).trimEnd();
}

/** The lines below the cursor up to the first that is more than closing brackets. */
function closersDirectlyBelow(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const end = lines.findIndex((line) => !CLOSERS_LINE.test(line.trimEnd()));
  return end < 0 ? lines : lines.slice(0, end);
}

/** Cut by its last lines while they are closers that stand below alike, and have no partner there because of these. */
function withoutLinesBelow(
  text: string,
  linesBelow: readonly string[],
  surplus: (kept: string) => number,
): string {
  const end = text.lastIndexOf('\n');
  const line = text.slice(end + 1).trimEnd();
  if (end < 0 || !CLOSERS_LINE.test(line) || !linesBelow.some((each) => each.trimEnd() === line)) return text;
  const shorter = text.slice(0, end).trimEnd();
  return surplus(shorter) < surplus(text) ? withoutLinesBelow(shorter, linesBelow, surplus) : text;
}
