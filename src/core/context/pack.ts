import { joined, overlaps, without } from './excerptLines.ts';
import type { Ranked } from './rank.ts';

export interface Packing {
  /** In the order of the prompt. */
  readonly shown: readonly Ranked[];
  readonly how: 'same' | 'extended' | 'repacked';
  /** Ranked, but not worth the room, or too long for it. */
  readonly noRoom: readonly Ranked[];
  /** Worth the room, but not yet worth evaluating anew what stands behind. */
  readonly waiting: readonly Ranked[];
}

/**
 * Of the room, what the best excerpts get; the rest is kept for those of later refreshes, which are appended. Only when
 * that is used up is everything put in order anew: as an anchor that moves in large steps, and for the same reason.
 */
const FILLED_SHARE = 0.5;

/** So much is always filled where there is room: in a small window half of it is too little, and packing anew is cheap. */
const ALWAYS_FILLED_CHARS = 4_000;

/**
 * While the user stays in a file, so much of what is wanted may be missing, by score: to append it, all of the file would
 * be evaluated again.
 */
const WAITING_SHARE = 0.25;

/**
 * What to show of other files. What is shown already keeps its place and its bytes, because all that stands behind the
 * first changed byte has to be evaluated again.
 *
 * @param shown by the last packing, without what may no longer be shown.
 * @param room `maxChars` for all, and of those `newChars` for what has to be evaluated.
 * @param mayWait what stands behind has been evaluated, so that a change has to be worth it.
 */
export function pack(
  shown: readonly Ranked[],
  ranked: readonly Ranked[],
  { maxChars, newChars }: { readonly maxChars: number; readonly newChars: number },
  mayWait: boolean,
): Packing {
  const { wanted, noRoom } = best(ranked, filledChars(maxChars), shown);
  const kept = shown.filter((each) => !isContradicted(each, wanted));
  const missing = wanted.flatMap((each) => uncovered(each, kept));
  const isUnchanged = kept.length === shown.length && charsOfAll(kept) <= maxChars;
  if (
    isUnchanged &&
    (missing.length === 0 || (mayWait && scoreOf(missing) <= WAITING_SHARE * scoreOf(wanted)))
  ) {
    return { shown: kept, how: 'same', noRoom, waiting: missing };
  }
  if (charsOfAll(kept) + charsOfAll(missing) > maxChars) {
    const { wanted: affordable, noRoom: waiting } = best(wanted, newChars, kept);
    if (affordable.length > 0 || charsOfAll(kept) > maxChars) {
      return { shown: inPromptOrder(affordable, kept), how: 'repacked', noRoom, waiting };
    }
  }
  const { wanted: affordable, noRoom: waiting } = best(
    missing,
    Math.min(newChars, maxChars - charsOfAll(kept)),
    kept,
  );
  const how = isUnchanged && affordable.length === 0 ? 'same' : 'extended';
  return { shown: [...kept, ...inPromptOrder(affordable, kept)], how, noRoom, waiting };
}

/** Characters that an excerpt takes in a prompt, with its path and what stands around it. */
export function charsOf({ excerpt: { path, text } }: Ranked): number {
  return path.length + text.length + 4;
}

function filledChars(maxChars: number): number {
  return Math.min(maxChars, Math.max(ALWAYS_FILLED_CHARS, Math.floor(FILLED_SHARE * maxChars)));
}

/** The best that fit, each as it is shown already or else in full, or its core where only that has room. */
function best(
  ranked: readonly Ranked[],
  maxChars: number,
  shown: readonly Ranked[],
): { wanted: Ranked[]; noRoom: Ranked[] } {
  const isShown = (form: Ranked): boolean =>
    shown.some(({ excerpt: { uri, text } }) => uri === form.excerpt.uri && text === form.excerpt.text);
  const wanted: Ranked[] = [];
  const noRoom: Ranked[] = [];
  let leftChars = maxChars;
  for (const each of ranked) {
    const forms = [each, ...inShort(each)];
    // Where the core is shown it stays so, although there may be room now: nothing is evaluated again for that.
    const inOrder = [...forms.filter(isShown), ...forms];
    const fitting = inOrder.find((form) => charsOf(form) <= leftChars);
    if (fitting === undefined) {
      noRoom.push(each);
    } else {
      wanted.push(fitting);
      leftChars -= charsOf(fitting);
    }
  }
  return { wanted, noRoom };
}

function inShort({ core, ...ranked }: Ranked): Ranked[] {
  return core === undefined ? [] : [{ ...ranked, excerpt: core }];
}

/** Shows lines that are wanted in another version: it is out of date. */
function isContradicted({ excerpt }: Ranked, wanted: readonly Ranked[]): boolean {
  return wanted.some(
    (each) => overlaps(each.excerpt, excerpt) && joined(each.excerpt, excerpt) === undefined,
  );
}

/** The lines of `ranked` that none of `kept` shows; of what is left there is no shorter form. */
function uncovered({ excerpt: whole, stability, score, sources }: Ranked, kept: readonly Ranked[]): Ranked[] {
  let excerpt: Ranked['excerpt'] | undefined = whole;
  for (const each of kept) excerpt &&= without(excerpt, each.excerpt);
  return excerpt ? [{ excerpt, stability, score, sources }] : [];
}

/** The most stable first, and of those what stood first already. */
function inPromptOrder(ranked: readonly Ranked[], kept: readonly Ranked[]): Ranked[] {
  const stood = new Map(kept.map(({ excerpt: { uri, text } }, index) => [`${uri}\n${text}`, index]));
  const place = ({ excerpt: { uri, text } }: Ranked): number => stood.get(`${uri}\n${text}`) ?? kept.length;
  // Sorting is stable: what is new stays in the order of its score.
  return [...ranked].sort((a, b) => b.stability - a.stability || place(a) - place(b));
}

function charsOfAll(ranked: readonly Ranked[]): number {
  return ranked.reduce((chars, each) => chars + charsOf(each), 0);
}

function scoreOf(ranked: readonly Ranked[]): number {
  return ranked.reduce((score, each) => score + each.score, 0);
}
