import type { Filter, Filtered, ShapeContext } from './filter.ts';

/** Words, numbers, and runs of anything else that is not blank: a ruled line is one token. */
const TOKEN = /\p{L}[\p{L}\p{M}_]{0,15}|\d+|[^\s\p{L}\d]+/gu;

/** Tokens in what may repeat. */
const UNITS = Array.from({ length: 30 }, (_, index) => index + 1);

/** So many times as often as it takes to tell, and it will not end. */
const LOST = 4;

/** A model that is lost in indentation, and one that is lost in a number. */
const ENDLESS_BLANKS = /[ \t]{14}$/;
const ENDLESS_WORD = /(\w)\1{19}$/;

/** The third of three equal lines tells nothing new. */
const MAX_EQUAL_LINES = 2;
const TELLING_CHARS = 4;

/**
 * Drops a text whose end goes round in circles, and cuts where lines begin to repeat. Where only the last of several lines is in
 * circles, the others stay.
 */
export const repetition: Filter = {
  name: 'repetition',
  apply(text: string, { complete }: ShapeContext): Filtered {
    const lines = text.split('\n');
    const again = repeatedFrom(complete ? lines : lines.slice(0, -1));
    if (again !== undefined) return { text: lines.slice(0, again).join('\n'), final: true };
    // While the text may go on, it may also leave the circle, up to a point.
    const tokens = text.match(TOKEN) ?? [];
    if (isLost(complete ? tokens : tokens.slice(0, -1))) return { text: '', final: true };
    if (!complete || !isEndless(text)) return { text, final: false };
    const last = lines.pop() ?? '';
    const isOnlyLast = last.trim() !== '' && isEndless(last) && !isEndless(lines.join('\n'));
    return { text: isOnlyLast ? lines.join('\n').trimEnd() : '', final: false };
  },
};

function isEndless(text: string): boolean {
  if (ENDLESS_BLANKS.test(text) || ENDLESS_WORD.test(text)) return true;
  const tokens = text.match(TOKEN) ?? [];
  return UNITS.some((unit) => repeatedTokens(tokens, unit).atEnd >= tokensToTell(unit));
}

/** Whether the text has gone round so often that nothing behind it can be right. */
function isLost(tokens: readonly string[]): boolean {
  return UNITS.some((unit) => repeatedTokens(tokens, unit).longest >= LOST * tokensToTell(unit));
}

/** How many tokens in a row repeat with a period of `unit` tokens: at the end, and at most. */
function repeatedTokens(tokens: readonly string[], unit: number): { atEnd: number; longest: number } {
  let atEnd = unit;
  let longest = unit;
  for (let index = unit; index < tokens.length; index++) {
    atEnd = tokens[index] === tokens[index - unit] ? atEnd + 1 : unit;
    longest = Math.max(longest, atEnd);
  }
  return { atEnd, longest };
}

/** The longer the unit, the less often it has to come: ten times one token, six times a few, twice a long line. */
function tokensToTell(unit: number): number {
  if (unit === 1) return 10;
  if (unit <= 5) return unit * 6;
  return unit <= 10 ? 30 : unit <= 20 ? 45 : 60;
}

/** Where the second of three equal lines stands. */
function repeatedFrom(lines: readonly string[]): number | undefined {
  for (let index = MAX_EQUAL_LINES; index < lines.length; index++) {
    const line = lines[index]?.trim() ?? '';
    if (line.length < TELLING_CHARS) continue;
    if (lines[index - 1]?.trim() === line && lines[index - 2]?.trim() === line) return index - 1;
  }
  return undefined;
}
