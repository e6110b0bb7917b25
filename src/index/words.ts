/** Shorter pieces are in every file; longer ones are data. */
const SHORTEST = 3;
const LONGEST = 60;

const IDENTIFIER = /(?<!\w)[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/g;
/** `parse` `HTML` `Text` of `parseHTMLText`; digits and underscores only divide. */
const PIECE = /[A-Z]+(?![a-z\u0080-\uffff])|[A-Z]?[a-z\u0080-\uffff]+/g;

/**
 * The words by which code is recognised as being about the same: every identifier in lower case, and the pieces of those
 * that are made of several (camelCase, PascalCase, snake_case). Each once, in the order of the text.
 */
export function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const [identifier] of text.matchAll(IDENTIFIER)) {
    if (identifier.length < SHORTEST || identifier.length > LONGEST) continue;
    words.add(identifier.toLowerCase());
    for (const [piece] of identifier.matchAll(PIECE)) {
      if (piece.length >= SHORTEST) words.add(piece.toLowerCase());
    }
  }
  return words;
}
