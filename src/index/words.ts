/** Shorter pieces are in every file; longer ones are data. */
const SHORTEST = 3;
const LONGEST = 60;

const IDENTIFIER = /(?<!\w)[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/g;
/** `parse` `HTML` `Text` of `parseHTMLText`; digits and underscores only divide. */
const PIECE = /[A-Z]+(?![a-z\u0080-\uffff])|[A-Z]?[a-z\u0080-\uffff]+/g;

/** Code says the same names again and again: taking them apart once halves the time of a query. */
const MOST_REMEMBERED = 50_000;
const remembered = new Map</* identifier */ string, readonly string[]>();

/**
 * The words by which code is recognised as being about the same: every identifier in lower case, and the pieces of those
 * that are made of several (camelCase, PascalCase, snake_case). Each once, in the order of the text.
 */
export function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const identifier of text.match(IDENTIFIER) ?? []) {
    if (identifier.length < SHORTEST || identifier.length > LONGEST) continue;
    for (const word of wordsOfName(identifier)) words.add(word);
  }
  return words;
}

function wordsOfName(identifier: string): readonly string[] {
  const known = remembered.get(identifier);
  if (known) return known;
  const pieces = identifier.match(PIECE) ?? [];
  const words = [identifier, ...pieces.filter((piece) => piece.length >= SHORTEST)].map((word) =>
    word.toLowerCase(),
  );
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(identifier, words);
  return words;
}
