import type { View } from '../completion/view.ts';
import type { Excerpt } from '../ports/codeIndex.ts';

/** Something that may be worth showing. */
export interface Candidate extends Excerpt {
  /** It stands in the file word for word, so its lines can be compared and joined with those of others. */
  readonly isVerbatim: boolean;
}

/** One idea of what a colleague would look at before writing on. */
export interface ContextSource {
  readonly name: string;
  /** What its first answer counts against another source's first. */
  readonly weight: number;
  /** Higher: its answers change more seldom, and stand further in front in the prompt. */
  readonly stability: number;
  /** With less room than this, in characters, it takes from others more than it brings. Absent: it always pays. */
  readonly leastRoomChars?: number;
  /**
   * Best first. May name files that must not be shown: the caller looks.
   * @throws {@link Cancelled} when `signal` aborts.
   */
  find(place: View, signal: AbortSignal): Promise<readonly Candidate[]>;
}
