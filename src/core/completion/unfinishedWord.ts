/**
 * What a user may have typed of a word: letters, at most 40 of them, and the character before them. Vocabularies join a
 * space, a dot or an underscore to the word behind it, so a word begins with that; a digit or a line end is never joined.
 */
const UNFINISHED = /[^\r\n\p{L}\p{N}]?\p{L}{0,40}$/u;

/**
 * The end of `text` that is to be written again (token healing): half a word makes tokens that the model has rarely
 * seen before the other half. '' where it ends with a whole token.
 */
export function unfinishedWord(text: string): string {
  return UNFINISHED.exec(text)?.[0] ?? '';
}
