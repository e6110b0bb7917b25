import { isSubsequence } from './isSubsequence.ts';

/** How a suggestion enters the document: inserted at the cursor, over so many characters of the rest of the line. */
export interface Placement {
  readonly text: string;
  readonly replaceChars: number;
}

const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const QUOTES = `"'\``;

/**
 * Places a suggestion before the rest of the cursor's line. Where that is closing brackets and quotes which the
 * suggestion writes as well, it goes over them: VS Code then shows only what is missing. Otherwise it is inserted.
 */
export function place(text: string, rest: string): Placement {
  const closers = rest.trimEnd();
  if (closers === '' || /\w/.test(closers)) return { text, replaceChars: 0 };
  const own = unmatchedClosers(text)
    .map((at) => text.charAt(at))
    .join('');
  if (own === '') return { text, replaceChars: 0 };
  if (isSubsequence(closers, text) && isSubsequence(bracketsOf(closers), own)) {
    // Not over trailing white space: VS Code hides a suggestion that does not contain all it replaces.
    return { text, replaceChars: closers.length };
  }
  return { text: withoutOverlap(text, closers), replaceChars: 0 };
}

/** Where in `text` the closing brackets and quotes stand that close nothing in it. */
export function unmatchedClosers(text: string): number[] {
  const open: string[] = [];
  const unmatched: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (QUOTES.includes(character)) {
      const end = closingQuote(text, at);
      if (end < 0) unmatched.push(at);
      else at = end;
    } else if ('([{'.includes(character)) {
      open.push(character);
    } else if (CLOSERS[character] !== undefined) {
      if (open.at(-1) === CLOSERS[character]) open.pop();
      else unmatched.push(at);
    }
  }
  return unmatched;
}

/** Strings end with their line, but for template literals. */
function closingQuote(text: string, start: number): number {
  const quote = text.charAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (character === quote) return at;
    else if (character === '\n' && quote !== '`') return -1;
  }
  return -1;
}

function bracketsOf(text: string): string {
  return [...text].filter((character) => ')]}'.includes(character) || QUOTES.includes(character)).join('');
}

/** Takes off the end of `text` what `rest` begins with. */
function withoutOverlap(text: string, rest: string): string {
  for (let length = Math.min(text.length, rest.length); length > 0; length--) {
    if (text.endsWith(rest.slice(0, length))) return text.slice(0, -length);
  }
  return text;
}
