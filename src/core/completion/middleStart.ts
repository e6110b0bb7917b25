import { linePrefix, type View } from './view.ts';

/** Of what the user typed, as much stands in the middle; then it begins anew. Models learned to fill in middles far longer than this. */
export const LONGEST_BEGUN_CHARS = 480;

/** Text before the middle that has to be the same for the place to be. */
const LEAD_CHARS = 64;

/** Of the text after the cursor: more than a prompt holds of it. */
const TRAIL_CHARS = 1_000;

interface Kept {
  readonly uri: string;
  /** In the whole document. */
  readonly offset: number;
  readonly lead: string;
  readonly trail: string;
}

/**
 * Where the middle of a prompt begins. A model is asked for what stands between two texts, and the user has typed the
 * beginning of it: behind the last marker that costs its own tokens only, whereas in the prefix all that follows, the suffix
 * in PSM order, is evaluated again at every key. It is the same question: what a model learned of a whole middle, it
 * learned of every end of one.
 *
 * The middle begins with the cursor's line, and stays there while the user types on, over line ends too. Where the text after the
 * cursor changes, the suffix is evaluated again anyway, and it begins anew.
 */
export class MiddleStart {
  private _kept: Kept | undefined;

  /** Characters before the cursor that are the beginning of the middle, `maxChars` at most. */
  begunChars(view: View, maxChars: number): number {
    const kept = this._kept && sinceKept(this._kept, view);
    if (kept !== undefined && kept <= maxChars) return kept;
    const line = linePrefix(view).length;
    // Not all of a line that is too long, and not from another place at every key.
    const begun = line <= maxChars || maxChars === 0 ? Math.min(line, maxChars) : line % maxChars;
    this._kept = {
      uri: view.uri,
      offset: view.offset - begun,
      lead: leadOf(view, begun),
      trail: trailOf(view),
    };
    return begun;
  }
}

function sinceKept({ uri, offset, lead, trail }: Kept, view: View): number | undefined {
  const begun = view.offset - offset;
  const isKept =
    view.uri === uri &&
    begun >= 0 &&
    begun <= view.prefix.length &&
    leadOf(view, begun) === lead &&
    trailOf(view) === trail;
  return isKept ? begun : undefined;
}

function leadOf({ prefix }: View, begun: number): string {
  const end = prefix.length - begun;
  return prefix.slice(Math.max(0, end - LEAD_CHARS), end);
}

function trailOf({ suffix }: View): string {
  return suffix.slice(0, TRAIL_CHARS);
}
