import { isSubsequence } from './isSubsequence.ts';
import { linePrefix, type Place } from './view.ts';

/** Enough text to be sure that two views show the same place, and little enough to compare at every key. */
const COMPARED_CHARS = 400;

/** For indentation before the compared text, and closers after it. */
const SPARE_CHARS = 200;

/** More closers in a row than an editor adds or a user overtypes. */
const MAX_CLOSERS = 8;

/** A closing bracket or quote. After Enter between two brackets the closer stands on a line of its own. */
const CLOSER = /\s*[)\]}>"'`]/y;

export interface Typed {
  readonly text: string;
  /** Closing brackets and quotes that the editor put behind the cursor by itself. */
  readonly closed: string;
}

/**
 * What was typed between two views of a document, or undefined where anything else changed: text before the earlier
 * cursor, text after the cursor, the document. Brackets and quotes that the editor closes by itself are no change, nor
 * is typing over those that stood behind the earlier cursor.
 */
export function typedBetween(earlier: Place, later: Place): Typed | undefined {
  // On a line that was blank the indentation is no text: it may have become more or less.
  const line = linePrefix(earlier);
  const indentation = line.trim() === '' ? line : '';
  const length = later.offset - (earlier.offset - indentation.length);
  if (earlier.uri !== later.uri || length < 0 || length > later.prefix.length) return undefined;
  const before = later.prefix.slice(0, later.prefix.length - length);
  const wanted = earlier.prefix.slice(0, earlier.prefix.length - indentation.length);
  if (before.slice(-COMPARED_CHARS) !== wanted.slice(-COMPARED_CHARS)) return undefined;
  const typed = later.prefix.slice(later.prefix.length - length);
  const text = typed.startsWith(indentation) ? typed.slice(indentation.length) : typed.trimStart();
  const closed = closedBetween(earlier.suffix, later.suffix, text);
  return closed === undefined ? undefined : { text, closed };
}

/**
 * All of a place that {@link typedBetween} looks at, as `earlier`. A copy: a slice would keep the whole document in
 * memory. Indentation and closers beyond the usual make that a place is not recognized.
 */
export function comparedPart({ uri, offset, prefix, suffix }: Place): Place {
  const before = prefix.slice(-COMPARED_CHARS - SPARE_CHARS);
  const after = suffix.slice(0, COMPARED_CHARS + SPARE_CHARS);
  return { uri, offset, prefix: structuredClone(before), suffix: structuredClone(after) };
}

/** What the editor closed, '' for nothing; undefined where the texts after the cursor differ in anything else. */
function closedBetween(earlier: string, later: string, typed: string): string | undefined {
  for (const overtyped of closersAt(earlier)) {
    if (overtyped > 0 && !isSubsequence(earlier.slice(0, overtyped), typed)) return undefined;
    const rest = earlier.slice(overtyped, overtyped + COMPARED_CHARS);
    for (const closed of closersAt(later)) {
      // The same length too: where nothing stood after the cursor, anything there now is a change.
      if (later.slice(closed, closed + COMPARED_CHARS) === rest) return later.slice(0, closed);
    }
  }
  return undefined;
}

/** Where the first none, one, two… closers of `text` end. */
function closersAt(text: string): number[] {
  const ends = [0];
  CLOSER.lastIndex = 0;
  while (ends.length <= MAX_CLOSERS && CLOSER.test(text)) ends.push(CLOSER.lastIndex);
  return ends;
}
