import { distance } from 'fastest-levenshtein';
import { restOfLine } from '../../../src/core/completion/view.ts';
import { type Hole, viewOfHole } from './hole.ts';
import type { Result } from './result.ts';

/** The part of a {@link Result} that is judged. */
export type Suggested = Pick<Result, 'text' | 'replacedChars'>;

export interface Score {
  readonly isShown: boolean;
  /** The cursor's line is the original one, trailing white space aside. */
  readonly isExact: boolean;
  /** 0 to 1: one minus the edits from the predicted text to the middle, by the length of the longer one in UTF-16 units. */
  readonly similarity: number;
}

const NOTHING = { isExact: false, similarity: 0 };

/** Judges a suggestion's first line; what follows it is not asked about by a hole within one line. */
export function score(hole: Hole, { text, replacedChars }: Suggested): Score {
  const isShown = text !== '';
  const end = text.indexOf('\n');
  const first = end < 0 ? text : text.slice(0, end);
  if (first.trim() === '') return { isShown, ...NOTHING };
  const rest = restOfLine(viewOfHole(hole)).trimEnd();
  const predicted = (first + rest.slice(replacedChars)).trimEnd();
  const original = (hole.middle + rest).trimEnd();
  // Both without the rest of the line, which was there before; a suggestion may have gone over it and not end in it.
  const common = predicted.endsWith(rest) ? rest.length : 0;
  return {
    isShown,
    isExact: predicted === original,
    similarity: similarity(withoutEnd(predicted, common), withoutEnd(original, common)),
  };
}

/** The whole file with the whole suggestion in it. */
export function documentWith(hole: Hole, { text, replacedChars }: Suggested): string {
  return hole.prefix + text + hole.suffix.slice(replacedChars);
}

function similarity(a: string, b: string): number {
  return 1 - distance(a, b) / Math.max(a.length, b.length);
}

function withoutEnd(text: string, chars: number): string {
  return text.slice(0, text.length - chars);
}
