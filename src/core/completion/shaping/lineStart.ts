import { indentationOf, indentUnit, isOpener } from '../indentation.ts';
import { linePrefix, type View } from '../view.ts';
import type { Filter, Filtered, ShapeContext } from './filter.ts';

/**
 * What the document has before the cursor is not written a second time: the space behind a word, the indentation of the line, and
 * the line end on a line that is blank already.
 */
export const lineStart: Filter = {
  name: 'line start',
  apply(text: string, { view }: ShapeContext): Filtered {
    if (text.trim() === '') return { text, final: false };
    const before = linePrefix(view);
    if (before.trim() === '') return { text: onBlankLine(text, before, view), final: false };
    return { text: /\s$/.test(before) && !text.startsWith('\n') ? text.trimStart() : text, final: false };
  },
};

function onBlankLine(text: string, before: string, view: View): string {
  const above = lineAbove(view);
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  // One blank line may part what follows from what stands directly above.
  if (first === 1 && above !== undefined && above.trim() !== '' && !isOpener(above)) return text;
  const line = lines[first] ?? '';
  const rest = lines.slice(first).join('\n');
  if (before === '') return rest;
  // Behind an opener the editor may have indented less than the block needs.
  const wanted = isOpener(above ?? '') ? indentationOf(above ?? '') + indentUnit(view) : 0;
  return indentationOf(before) >= wanted || first > 0 || line.trimStart() === line ? rest.trimStart() : rest;
}

/** The line directly above the cursor's. */
function lineAbove({ prefix }: View): string | undefined {
  const end = prefix.lastIndexOf('\n');
  return end < 0 ? undefined : prefix.slice(prefix.lastIndexOf('\n', end - 1) + 1, end);
}
