/** In every placeholder; unlikely in code, so that a suggestion with it can be told to come from one. */
export const REDACTED_MARK = 'xREDACTEDx';

const LONGEST_PLACEHOLDER_CHARS = 40;

/** Stands for a secret of so many characters: about as long, and of characters that most formats allow. */
export function placeholder(chars: number): string {
  return REDACTED_MARK.padEnd(Math.min(chars, LONGEST_PLACEHOLDER_CHARS), 'x');
}
