import type { View } from '../completion/view.ts';
import { NO_RELATED, type RelatedPart } from './relatedPart.ts';

/** Who knows what of other files belongs into a prompt. */
export interface RelatedFiles {
  /** Frozen: the same between two refreshes, so that a key never changes what stands before the file. */
  readonly part: RelatedPart;
  /**
   * Gathers anew for `place`. Leaves the part alone where `signal` aborts: the user types again.
   * @param maxChars that the excerpts may have together.
   */
  refresh(place: View, maxChars: number, signal: AbortSignal): Promise<void>;
}

/** Where there is nothing but the file itself. */
export const FILE_ALONE: RelatedFiles = { part: NO_RELATED, refresh: async () => undefined };
