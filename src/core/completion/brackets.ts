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
  const close = (character: string, at: number): void => {
    const match = open.lastIndexOf(OPENERS[character] ?? character);
    if (open.length > outer) {
      // Brackets that nobody closed may lie in between.
      if (match >= outer) open.length = match;
      else closers.push({ at, character });
      return;
    }
    closers.push({ at, character });
    if (outer > 0) open.length = --outer;
  };

  const marks = marksOf(language);
  marks.lastIndex = 0;
  const started = open.at(-1);
  if (started !== undefined && isQuote(started)) {
    const end = endOfString(text, 0, started);
    if (end.kind === 'open') return { open, closers };
    if (end.kind === 'closed') close(started, end.at);
    else open.length = --outer;
    marks.lastIndex = end.at + 1;
  }
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    const { index: at } = mark;
    const character = text.charAt(at);
    const comment = endOfComment(text, at, language);
    if (comment !== undefined) {
      marks.lastIndex = comment;
    } else if (language.quotes.includes(character)) {
      marks.lastIndex = at + 1;
      if (isApostrophe(text, at)) continue;
      const end = endOfString(text, at + 1, character);
      if (end.kind === 'closed') marks.lastIndex = end.at + 1;
      if (end.kind !== 'open') continue;
      open.push(character);
      break;
    } else {
      marks.lastIndex = at + 1;
      if (OPENERS[character] !== undefined) close(character, at);
      else if (BRACKETS.includes(character)) open.push(character);
    }
  }
  return { open, closers };
}

/** A line without the comment at its end. */
export function withoutComment(line: string, language: Language): string {
  const marks = marksOf(language);
  marks.lastIndex = 0;
  for (let mark = marks.exec(line); mark; mark = marks.exec(line)) {
    const { index: at } = mark;
    const comment = endOfComment(line, at, language);
    if (comment !== undefined && comment >= line.trimEnd().length) return line.slice(0, at).trimEnd();
    marks.lastIndex = comment ?? at + 1;
    if (comment !== undefined || !language.quotes.includes(line.charAt(at)) || isApostrophe(line, at))
      continue;
    const end = endOfString(line, at + 1, line.charAt(at));
    if (end.kind === 'closed') marks.lastIndex = end.at + 1;
  }
  return line;
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

const knownMarks = new WeakMap<Language, RegExp>();

/** Finds brackets, quotes and what begins a comment: looking at every character of a file takes ten times as long. */
function marksOf(language: Language): RegExp {
  const known = knownMarks.get(language);
  if (known) return known;
  const starts = [...language.blockComments.map(([open]) => open), ...language.lineComments];
  const escaped = starts.map((start) => start.replace(/[^\w\s]/g, '\\$&'));
  const marks = new RegExp([...escaped, `[()[\\]{}${language.quotes}]`].join('|'), 'g');
  knownMarks.set(language, marks);
  return marks;
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

/** Where the string ends whose content begins at `start`. */
function endOfString(text: string, start: number, quote: string): StringEnd {
  for (let at = start; at < text.length; at++) {
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
