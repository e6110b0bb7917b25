import type { PromptPiece } from '../ports/model.ts';

/** Text that the engine keeps between requests. */
export function segment(text: string): { segment: string; leadingSpace: boolean } {
  return { segment: text, leadingSpace: false };
}

/** Characters of all segments together. */
export function segmentChars(pieces: readonly PromptPiece[]): number {
  return pieces.reduce((sum, piece) => sum + ('segment' in piece ? piece.segment.length : 0), 0);
}
