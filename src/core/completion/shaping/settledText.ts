import { scanBrackets } from '../brackets.ts';
import { restOfLine } from '../view.ts';
import type { ShapeContext } from './filter.ts';

/** What may become a marker of a prompt's format. */
const MAY_BE_MARKER = /(?:<[|｜/]?[\w▁:-]*[|｜]?|\[\/?[A-Z]*)$/;
/** What may become the sentence that an instruct model says before its code. */
const MAY_BE_TALK = /^[A-Z][\w']*(?:\s|$)/;

/**
 * The beginning of the first line of a shaped `text` that no filter takes away, however the model goes on, unless it drops
 * all of the text. What may be taken away is what stands behind the cursor as well, what comes from a bracket on that
 * nothing in the text opened, a marker, and talk.
 */
export function settledText(text: string, { view, language, complete }: ShapeContext): string {
  const line = firstLine(text);
  if (complete) return line;
  const end = scanBrackets(line, language).closers[0]?.at ?? line.length;
  if (text.trimStart().length > line.length) return line.slice(0, end);
  if (MAY_BE_TALK.test(line)) return '';
  const rest = restOfLine(view).trim();
  const written = /\w/.test(rest) ? Math.max(0, line.length - rest.length) : line.length;
  return line.slice(0, Math.min(end, written, MAY_BE_MARKER.exec(line)?.index ?? line.length));
}

/** The first line that is not blank, without the white space before it. */
export function firstLine(text: string): string {
  const start = text.trimStart();
  const end = start.indexOf('\n');
  return end < 0 ? start : start.slice(0, end);
}
