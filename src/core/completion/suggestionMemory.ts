import type { Placement } from './placement.ts';
import { Suggestion } from './suggestion.ts';
import { comparedPart, typedBetween } from './typedBetween.ts';
import { typeThrough } from './typeThrough.ts';
import type { Place, View } from './view.ts';

/** Lines that are remembered, and suggestions on each: enough to go back to where one was an hour ago. */
const MAX_LINES = 64;
const MAX_ON_LINE = 8;

/** Characters before a line by which it is found again; {@link typedBetween} then compares more. */
const KEY_CHARS = 80;

/** A suggestion has fewer lines, so the one it began on is not further up. */
const LINES_UP = 16;

interface Entry {
  readonly suggestion: Suggestion;
  /** Where its line begins in the document it was made for. */
  readonly lineOffset: number;
  /** Greater: shown or made later. */
  use: number;
  /** The user has had it: whoever undoes or deletes it does not want it again. */
  taken: boolean;
}

interface Match {
  readonly key: string;
  readonly entry: Entry;
  readonly placement: Placement;
}

/**
 * Recent suggestions, so that one which still matches is shown again without asking the model: after more keys, Backspace,
 * undo, a look elsewhere. Found by the text before the line they began on, so edits further up do no harm. The lines
 * that were longest of no use are forgotten first; of the documents only the nearest text is kept.
 */
export class SuggestionMemory {
  /** Least recently used line first. */
  private readonly _lines = new Map</* what stands before the line */ string, Entry[]>();
  private _uses = 0;

  add({ view, text }: Suggestion): void {
    const start = view.prefix.lastIndexOf('\n') + 1;
    const key = structuredClone(keyOf(view, start));
    const entry: Entry = {
      suggestion: new Suggestion(comparedPart(view), text),
      lineOffset: view.offset - (view.prefix.length - start),
      use: 0,
      taken: false,
    };
    const others = (this._lines.get(key) ?? []).filter((each) => !isSame(each, entry));
    this._lines.set(key, [...others.slice(1 - MAX_ON_LINE), entry]);
    this.use(key, entry);
    const [oldest] = this._lines.keys();
    if (this._lines.size > MAX_LINES && oldest !== undefined) this._lines.delete(oldest);
  }

  /** What the matching suggestion that was made or shown last still has to offer at `view`. */
  find(view: View): Placement | undefined {
    const newest = this.newest(view);
    if (newest) this.use(newest.key, newest.entry);
    return newest?.placement;
  }

  /** Whether the user has had this text at `view`, or one that begins with the same line, and took it back. */
  isTaken(view: View, text: string): boolean {
    return this.matches(view).some(
      ({ entry, placement }) => entry.taken && firstLine(placement.text) === firstLine(text),
    );
  }

  /**
   * One change brought the user from `before` to `after`. One that writes the rest of a suggestion is its acceptance;
   * whoever types a part of what was taken back shows that it is wanted after all.
   */
  changed(before: View | undefined, after: View, isDeletion: boolean): void {
    const offered = before && this.newest(before);
    if (before && offered && isWhole(offered.placement, before, after)) {
      for (const { entry, placement } of this.matches(before)) {
        if (firstLine(placement.text) === firstLine(offered.placement.text)) entry.taken = true;
      }
    } else if (!isDeletion) {
      for (const { entry, placement } of this.matches(after)) {
        if (placement.text.length < entry.suggestion.text.length) entry.taken = false;
      }
    }
  }

  clear(): void {
    this._lines.clear();
  }

  private newest(view: View): Match | undefined {
    const offered = this.matches(view).filter(({ entry }) => !entry.taken);
    return offered.reduce<Match | undefined>(
      (best, each) => (best && best.entry.use > each.entry.use ? best : each),
      undefined,
    );
  }

  private matches(view: View): Match[] {
    const found: Match[] = [];
    let start = view.prefix.length + 1;
    for (let line = 0; line < LINES_UP && start > 0; line++) {
      start = view.prefix.lastIndexOf('\n', start - 2) + 1;
      const key = keyOf(view, start);
      const lineOffset = view.offset - (view.prefix.length - start);
      for (const entry of this._lines.get(key) ?? []) {
        const placement = entry.suggestion.remainderAt(view, lineOffset - entry.lineOffset);
        if (placement) found.push({ key, entry, placement });
      }
    }
    return found;
  }

  private use(key: string, entry: Entry): void {
    const entries = this._lines.get(key) ?? [];
    this._lines.delete(key);
    this._lines.set(key, entries);
    entry.use = ++this._uses;
  }
}

function keyOf({ uri, prefix }: Place, lineStart: number): string {
  return `${uri}\n${prefix.slice(Math.max(0, lineStart - KEY_CHARS), lineStart)}`;
}

function isSame(a: Entry, b: Entry): boolean {
  const [one, other] = [a.suggestion, b.suggestion];
  return one.text === other.text && typedBetween(one.view, other.view)?.text === '';
}

/** Whether all of it came at once. A single character may have been typed. */
function isWhole({ text, replaceChars }: Placement, before: View, after: View): boolean {
  const typed = typedBetween(before, after)?.text ?? '';
  if (typed.length < 2) return false;
  const replaced = before.suffix.slice(0, replaceChars);
  return typeThrough(text, typed) === '' || typeThrough(text, typed + replaced) === '';
}

function firstLine(text: string): string {
  return text.trimStart().split('\n', 1)[0] ?? '';
}
