import type { View } from '../completion/view.ts';
import { NO_RELATED, type RelatedPart } from './relatedPart.ts';

/** Who knows what of other files belongs into a prompt. */
export interface RelatedFiles {
  /** Frozen: the same between two refreshes, so that a key never changes what stands before the file. */
  readonly part: RelatedPart;
  /**
   * Gathers anew for `place`. Leaves the part alone where `signal` aborts: the user types again.
   */
  refresh(place: View, room: RelatedRoom, signal: AbortSignal): Promise<void>;
}

/** All in characters. */
export interface RelatedRoom {
  /** That the excerpts may have together. */
  readonly maxChars: number;
  /** That the model can evaluate before anyone waits for it. */
  readonly evaluableChars: number;
  /** Of the file itself in the prompt: evaluated again where something new comes in front of it. */
  readonly fileChars: number;
}

/** Where there is nothing but the file itself. */
export const FILE_ALONE: RelatedFiles = { part: NO_RELATED, refresh: async () => undefined };
