/** A token or so of what the model wrote. */
export interface WrittenPiece {
  readonly text: string;
  /** Natural logarithm of how likely the model held it. */
  readonly logProbability: number;
}

/**
 * The pieces of `pieces` that the text shown is made of, one that is shown in part included. Shaping cuts a text at both
 * ends and changes its white space, so it is found by all that is not white space; where it is not found, all count.
 */
export function shownPieces(shown: string, pieces: readonly WrittenPiece[]): readonly WrittenPiece[] {
  const solid = withoutSpace(shown);
  const start = pieces
    .map(({ text }) => withoutSpace(text))
    .join('')
    .indexOf(solid);
  if (start < 0 || solid === '') return pieces;
  const end = start + solid.length;
  let at = 0;
  return pieces.filter(({ text }) => {
    const from = at;
    at += withoutSpace(text).length;
    // White space between two pieces that are shown is shown.
    return at > from ? from < end && at > start : from > start && from < end;
  });
}

/** Of the pieces that a text is made of, those that `rest`, its end, holds whole. */
export function piecesLeft(
  text: string,
  rest: string,
  pieces: readonly WrittenPiece[],
): readonly WrittenPiece[] {
  let gone = withoutSpace(text).length - withoutSpace(rest).length;
  return shownPieces(text, pieces).filter((piece) => {
    const isGone = gone > 0;
    gone -= withoutSpace(piece.text).length;
    return !isGone;
  });
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
