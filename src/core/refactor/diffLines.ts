import { diffArrays } from 'diff';

/** Lines that both have, or lines of the one in whose place the other has others. */
export type Piece =
  | { readonly kind: 'kept'; readonly count: number }
  | { readonly kind: 'changed'; readonly removed: number; readonly added: readonly string[] };

/** The work grows with the square of it; texts that differ by more have little in common. */
const MOST_DIFFERENCES = 600;

/** Lines without a letter that stand between two changes join them, up to so many. */
const LONGEST_BRIDGE = 2;

/** How `after` comes from `before`. White space at the end of lines does not count: models do not write it. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly Piece[] {
  const found = diffArrays([...before], [...after], {
    comparator: (a, b) => a.trimEnd() === b.trimEnd(),
    maxEditLength: MOST_DIFFERENCES,
  });
  if (found === undefined) return [{ kind: 'changed', removed: before.length, added: after }];
  const pieces: Piece[] = [];
  for (const { added, removed, count, value } of found) {
    if (!added && !removed) {
      pieces.push({ kind: 'kept', count });
      continue;
    }
    const last = pieces.at(-1);
    const open = last?.kind === 'changed' ? last : { removed: 0, added: [] };
    if (last?.kind === 'changed') pieces.pop();
    pieces.push({
      kind: 'changed',
      removed: open.removed + (removed ? count : 0),
      added: added ? [...open.added, ...value] : open.added,
    });
  }
  return bridged(pieces, before);
}

/** A closing brace that two versions share parts one change into two that nobody would decide on one by one. */
function bridged(pieces: readonly Piece[], before: readonly string[]): Piece[] {
  const joined: Piece[] = [];
  let at = 0;
  pieces.forEach((piece, index) => {
    const [last, next] = [joined.at(-1), pieces[index + 1]];
    if (piece.kind === 'kept' && last && next && isReplacement(last) && isReplacement(next)) {
      const lines = before.slice(at, at + piece.count);
      if (lines.length <= LONGEST_BRIDGE && !lines.some((line) => /[\p{L}\p{N}]/u.test(line))) {
        joined[joined.length - 1] = joinedWith(last, { removed: lines.length, added: lines });
        at += piece.count;
        return;
      }
    }
    at += piece.kind === 'kept' ? piece.count : piece.removed;
    const open = joined.at(-1);
    if (piece.kind === 'changed' && open?.kind === 'changed')
      joined[joined.length - 1] = joinedWith(open, piece);
    else joined.push(piece);
  });
  return joined;
}

type Changed = Extract<Piece, { kind: 'changed' }>;

function isReplacement(piece: Piece): piece is Changed {
  return piece.kind === 'changed' && piece.removed > 0 && piece.added.length > 0;
}

function joinedWith(one: Changed, other: Omit<Changed, 'kind'>): Changed {
  return { kind: 'changed', removed: one.removed + other.removed, added: [...one.added, ...other.added] };
}
