import { linePrefix, textAbove, type View } from '../view.ts';
import type { Filter, Filtered, ShapeContext } from './filter.ts';

/** Less is written twice for good reasons. */
const TELLING_CHARS = 8;

/** Cuts what the model repeats of the text before the cursor: its line from the beginning, or the line above. */
export const echo: Filter = {
  name: 'echo',
  apply(text: string, { view, complete }: ShapeContext): Filtered {
    const before = linePrefix(view).trimStart();
    if (before.trim() !== '') return { text: withoutLine(text, before, complete), final: false };
    const [first = '', ...others] = text.split('\n');
    const isWhole = complete || others.length > 0;
    if (isWhole && isRepeated(first, view)) return { text: '', final: true };
    return { text, final: false };
  },
};

function withoutLine(text: string, before: string, complete: boolean): string {
  if (before.trim().length < TELLING_CHARS || !/\w\W+\w/.test(before)) return text;
  const written = text.trimStart();
  if (written.startsWith(before)) return written.slice(before.length);
  // It may become one.
  return !complete && before.startsWith(written) ? '' : text;
}

function isRepeated(line: string, view: View): boolean {
  const above = textAbove(view);
  if (line.trim().length < TELLING_CHARS || !/\w/.test(line) || line.trim() !== above.trim()) return false;
  // Where two lines are alike already, a third one is what the user is about.
  return !view.prefix.trimEnd().endsWith(`${above}\n${above}`);
}
