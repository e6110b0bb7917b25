import type { Language } from '../languages/language.ts';

const OPENERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const BRACKETS = '()[]{}';

/** A closing bracket or quote that closes nothing in the text it stands in. */
export interface Closer {
  readonly at: number;
  readonly character: string;
}

export interface Scan {
  /** Opening brackets, and the quote of an unfinished string, that are still open behind the text; outermost first. */
  readonly open: readonly string[];
  readonly closers: readonly Closer[];
}

/**
 * Brackets of `text` that have no partner in it. Those in strings and comments do not count, as far as one can tell
 * without a grammar: strings end with their line, but for template literals.
 * @param before what is open where the text begins.
 */
export function scanBrackets(text: string, language: Language, before: readonly string[] = []): Scan {
  const open = [...before];
  const closers: Closer[] = [];
  /** How much of `open` was open before. */
  let outer = open.length;
  let at = 0;
  const close = (character: string): void => {
    if (open.length > outer) {
      open.pop();
      return;
    }
    closers.push({ at, character });
    if (outer === 0) return;
    open.pop();
    outer--;
  };
  const started = open.at(-1);
  if (started !== undefined && isQuote(started)) {
    const end = endOfString(text, -1, started);
    if (end.kind === 'open') return { open, closers };
    at = end.at;
    if (end.kind === 'closed') close(started);
    else {
      open.pop();
      outer--;
    }
    at++;
  }
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    const comment = endOfComment(text, at, language);
    if (comment !== undefined) {
      at = comment - 1;
    } else if (language.quotes.includes(character)) {
      if (isApostrophe(text, at)) continue;
      const end = endOfString(text, at, character);
      if (end.kind === 'closed') at = end.at;
      else if (end.kind === 'open') {
        open.push(character);
        break;
      }
    } else if (BRACKETS.includes(character)) {
      const opener = OPENERS[character];
      if (opener === undefined) open.push(character);
      else if (open.length === outer || open.at(-1) === opener) close(character);
      else closeThrough(open, outer, opener, () => closers.push({ at, character }));
    }
  }
  return { open, closers };
}

/** What is left of `open` behind `closers`, and how many of them close nothing. Brackets in between count as unfinished. */
export function closeAll(
  open: readonly string[],
  closers: string,
): { readonly open: readonly string[]; readonly surplus: number } {
  let left = open;
  let surplus = 0;
  for (const character of closers) {
    const at = left.lastIndexOf(OPENERS[character] ?? character);
    if (at < 0) surplus++;
    else left = left.slice(0, at);
  }
  return { open: left, surplus };
}

/** The closing brackets and quotes in `text`, in order. */
export function closersIn(text: string): string {
  return [...text].filter((character) => OPENERS[character] !== undefined || isQuote(character)).join('');
}

/** A closer that does not fit the innermost bracket: brackets that nobody closed lie in between, or it fits nothing. */
function closeThrough(open: string[], outer: number, opener: string, otherwise: () => void): void {
  const match = open.lastIndexOf(opener);
  if (match >= outer) open.length = match;
  else otherwise();
}

function isQuote(character: string): boolean {
  return character === '"' || character === "'" || character === '`';
}

/** As in "don't": a quote behind a word, unless the word is the mark of a string as in f'…'. */
function isApostrophe(text: string, at: number): boolean {
  if (text.charAt(at) !== "'" || at === 0 || !/\w/.test(text.charAt(at - 1))) return false;
  return !/(^|\W)[a-z]{1,2}$/i.test(text.slice(Math.max(0, at - 3), at));
}

type StringEnd =
  | { readonly kind: 'closed'; readonly at: number }
  /** The line ended first. */
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'open' };

/** Where the string ends whose quote stands at `start`. */
function endOfString(text: string, start: number, quote: string): StringEnd {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (character === quote) return { kind: 'closed', at };
    else if (character === '\n' && quote !== '`') return { kind: 'cut', at };
  }
  return { kind: 'open' };
}

/** Where the comment ends that begins at `at`, or undefined where none does. */
function endOfComment(text: string, at: number, language: Language): number | undefined {
  for (const [open, close] of language.blockComments) {
    if (!text.startsWith(open, at)) continue;
    const end = text.indexOf(close, at + open.length);
    return end < 0 ? text.length : end + close.length;
  }
  if (!language.lineComments.some((mark) => text.startsWith(mark, at) && beginsComment(text, at, mark)))
    return undefined;
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** `${#a}` and `http://` hold no comment; a word or a star is the mark of one only at the start of a line. */
function beginsComment(text: string, at: number, mark: string): boolean {
  if (/^[\w*]/.test(mark)) {
    const isWord = !/^\w/.test(text.charAt(at + mark.length));
    return isWord && text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim() === '';
  }
  return at === 0 || /[\s;,)\]}]/.test(text.charAt(at - 1));
}
