import { languageOf } from '../languages/languageOf.ts';
import { closeAll, closersIn, type Scan, scanBrackets } from './brackets.ts';
import { isSubsequence } from './isSubsequence.ts';
import { surroundingsOf } from './surroundings.ts';
import { restOfLine, type View } from './view.ts';

/** How a suggestion enters the document: inserted at the cursor, over so many characters of the rest of the line. */
export interface Placement {
  readonly text: string;
  readonly replaceChars: number;
}

/**
 * Places a suggestion before the rest of the cursor's line. Where it writes that rest as well, it goes over it: VS Code
 * then shows only what is missing. Otherwise it is inserted. What is gone over is always a subsequence of the text,
 * because VS Code shows nothing else.
 */
export function place(text: string, view: View): Placement {
  // Not over trailing white space: VS Code hides a suggestion that does not contain all it replaces.
  const rest = restOfLine(view).trimEnd();
  if (rest === '') return { text, replaceChars: 0 };
  if (/\w/.test(rest)) return { text, replaceChars: writesWords(text, rest) ? rest.length : 0 };
  const scan = scanBrackets(text, languageOf(view), surroundingsOf(view).open);
  const own = scan.closers.map(({ character }) => character).join('');
  const closers = closersIn(rest);
  const isWritten = (own !== '' && isSubsequence(closers, own)) || closeAll(scan.open, closers).surplus > 0;
  if (isWritten && closers !== '' && isSubsequence(rest, text)) return { text, replaceChars: rest.length };
  return { text: withoutTerminator(withoutOverlap(text, rest, scan), rest), replaceChars: 0 };
}

/** Whether the text goes through the words that stand after the cursor, and on. */
function writesWords(text: string, rest: string): boolean {
  const line = text.split('\n', 1)[0] ?? '';
  const at = line.indexOf(rest);
  if (at < 0 || rest.length < 2) return false;
  return !(/^\w/.test(rest) && /\w$/.test(line.slice(0, at)));
}

/** Whether the text ends a tag that it did not begin. Arrows and comparisons are no tags. */
function closesTag(text: string): boolean {
  const tags = text.replace(/[-=]>|>=|<=/g, '');
  return tags.endsWith('>') && tags.split('>').length > tags.split('<').length;
}

/** Takes off the end of `text` what `rest` begins with, but for what belongs to something within the text. */
function withoutOverlap(text: string, rest: string, { closers }: Scan): string {
  for (let length = Math.min(text.length, rest.length); length > 0; length--) {
    const overlap = rest.slice(0, length);
    if (!text.endsWith(overlap)) continue;
    const unmatched = closers.filter(({ at }) => at >= text.length - length).length;
    if (unmatched !== closersIn(overlap).length) continue;
    if (!overlap.includes('>') || closesTag(text)) return text.slice(0, -length);
  }
  return text;
}

/** In `f(|);` a text that ends with a semicolon puts it behind the bracket, where one stands. */
function withoutTerminator(text: string, rest: string): string {
  const [, terminator] = /^[)\]}"'`]+([;,])$/.exec(rest) ?? [];
  return terminator !== undefined && text.endsWith(terminator) ? text.slice(0, -1) : text;
}
