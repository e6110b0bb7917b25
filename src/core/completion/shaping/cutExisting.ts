import { below, restOfLine } from '../view.ts';
import type { Filter, Filtered, ShapeContext } from './filter.ts';

/** A line this short ("}", "else:") stands below by chance. */
const TELLING_CHARS = 4;

/** Cuts what already stands after the cursor: the rest of the line, and from a line on that equals the next one below. */
export const cutExisting: Filter = {
  name: 'cut existing',
  apply(text: string, { view, complete }: ShapeContext): Filtered {
    const cutBelow = cutAtLineBelow(text, below(view), complete);
    const kept = cutRestOfLine(cutBelow ?? text, restOfLine(view).trim());
    return { text: kept, final: cutBelow !== undefined };
  },
};

/** Words that stand after the cursor are the user's; closing brackets are left to where the edit is placed. */
function cutRestOfLine(text: string, rest: string): string {
  if (rest === '' || !/\w/.test(rest) || !text.endsWith(rest)) return text;
  return text.slice(0, -rest.length);
}

/** The last line may go on while the text is not complete. Once it is, even a short one there is the one below. */
function cutAtLineBelow(text: string, below: string, complete: boolean): string | undefined {
  const next = below.split('\n').find((line) => line.trim() !== '');
  if (next === undefined) return undefined;
  const lines = (complete ? text.trimEnd() : text).split('\n');
  const at = lines.findIndex((line, index) => {
    if (index === 0 || line.trimEnd() !== next.trimEnd()) return false;
    return index === lines.length - 1 ? complete : line.trim().length >= TELLING_CHARS;
  });
  return at < 0 ? undefined : lines.slice(0, at).join('\n').trimEnd();
}
