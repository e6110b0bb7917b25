import { below, linePrefix } from '../view.ts';
import type { Filter, Filtered, ShapeContext } from './filter.ts';

/** A line this short ("}", "else:") stands below by chance. */
const TELLING_CHARS = 4;

/** Cuts from the line on that equals the next one below the cursor. */
export const linesBelow: Filter = {
  name: 'lines below',
  apply(text: string, context: ShapeContext): Filtered {
    const next = below(context.view)
      .split('\n')
      .find((line) => line.trim() !== '');
    if (next === undefined) return { text, final: false };
    const lines = (context.complete ? text.trimEnd() : text).split('\n');
    const at = lines.findIndex((line, index) => {
      // The last line may go on while the text is not complete. Once it is, even a short one there is the one below.
      const isLast = index === lines.length - 1;
      if (isLast && !context.complete) return false;
      if (index === 0) return isWrittenAgain(line, next, linePrefix(context.view));
      return line.trimEnd() === next.trimEnd() && (isLast || line.trim().length >= TELLING_CHARS);
    });
    return at < 0 ? { text, final: false } : { text: lines.slice(0, at).join('\n').trimEnd(), final: true };
  },
};

/** Closing brackets alone are left to the filter that counts them. */
function isWrittenAgain(line: string, next: string, before: string): boolean {
  if (!/\w/.test(line)) return false;
  if (before.trim() === '') return (before + line).trimEnd() === next.trimEnd();
  return line.trim() === next.trim() && line.trim().length >= TELLING_CHARS;
}
