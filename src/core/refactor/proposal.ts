import { diffLines, type Piece } from './diffLines.ts';

/**
 * What becomes of a line in the document while a change is proposed.
 * - `kept`: stands there before and after
 * - `waiting`: the answer has not come to it yet
 * - `removed`: still there, and gone when the change is accepted
 * - `added`: there already, and gone when the change is rejected
 */
export type Mark = 'kept' | 'waiting' | 'removed' | 'added';

export interface ProposedLine {
  readonly mark: Mark;
  /** Without its line end. */
  readonly text: string;
}

/**
 * A stretch of a document in which old and new lines stand side by side. Accepting and rejecting only ever takes lines out, so what
 * nobody touched stays what it was to the byte.
 */
export interface Proposal {
  /** Line of the document, from 0. */
  readonly firstLine: number;
  readonly lines: readonly ProposedLine[];
}

/** Lines that are decided on together: `start` to before `end`, in lines of the document. */
export interface Hunk {
  readonly start: number;
  readonly end: number;
}

/** Before anything is proposed. */
export function proposalOf(firstLine: number, original: readonly string[]): Proposal {
  return { firstLine, lines: marked('waiting', original) };
}

/** `answer` in the place of `original`. */
export function propose(original: readonly string[], answer: readonly string[]): ProposedLine[] {
  return linesOf(original, diffLines(original, answer));
}

/** An answer is compared with so many lines more than it has itself while it is being written. */
const AHEAD_LINES = 8;

/** As {@link propose} for the beginning of an answer: what it may still come to waits. */
export function proposeSoFar(original: readonly string[], answer: readonly string[]): ProposedLine[] {
  if (answer.length === 0) return marked('waiting', original);
  const reach = original.slice(0, answer.length + AHEAD_LINES);
  const pieces = diffLines(reach, answer);
  const last = pieces.at(-1);
  const lines = linesOf(original, pieces);
  if (last?.kind !== 'changed') return lines;
  // For every new line an old one has gone, as far as anybody knows; the others are still to come.
  const unreached = last.removed - Math.min(last.removed, last.added.length);
  const from = reach.length - unreached;
  const known = linesOf(reach.slice(0, from), [
    ...pieces.slice(0, -1),
    { ...last, removed: last.removed - unreached },
  ]);
  return [...known, ...marked('waiting', original.slice(from))];
}

/** Runs of lines that come or go. */
export function hunksOf({ firstLine, lines }: Proposal): Hunk[] {
  const hunks: Hunk[] = [];
  let start: number | undefined;
  for (let at = 0; at <= lines.length; at++) {
    const line = lines[at];
    const isOpen = line?.mark === 'removed' || line?.mark === 'added';
    if (isOpen) start ??= firstLine + at;
    else if (start !== undefined) {
      hunks.push({ start, end: firstLine + at });
      start = undefined;
    }
  }
  return hunks;
}

/** With the lines of a hunk that are not wanted taken out, and the others kept. */
export function decided(proposal: Proposal, { start, end }: Hunk, isAccepted: boolean): Proposal {
  const { firstLine, lines } = proposal;
  const gone: Mark = isAccepted ? 'removed' : 'added';
  const decide = (line: ProposedLine, index: number): ProposedLine[] => {
    const isInside = firstLine + index >= start && firstLine + index < end;
    if (!isInside) return [line];
    return line.mark === gone ? [] : [{ mark: 'kept', text: line.text }];
  };
  return { firstLine, lines: lines.flatMap(decide) };
}

/** All of a proposal, to be decided on at once. */
export function wholeOf({ firstLine, lines }: Proposal): Hunk {
  return { start: firstLine, end: firstLine + lines.length };
}

/** Nothing waits any more: what the answer did not come to stays. */
export function settled({ firstLine, lines }: Proposal): Proposal {
  return {
    firstLine,
    lines: lines.map((line) => (line.mark === 'waiting' ? { mark: 'kept', text: line.text } : line)),
  };
}

function linesOf(original: readonly string[], pieces: readonly Piece[]): ProposedLine[] {
  let at = 0;
  const lines = pieces.flatMap((piece) => {
    const count = piece.kind === 'kept' ? piece.count : piece.removed;
    const old = original.slice(at, at + count);
    at += count;
    return piece.kind === 'kept'
      ? marked('kept', old)
      : [...marked('removed', old), ...marked('added', piece.added)];
  });
  return [...lines, ...marked('waiting', original.slice(at))];
}

function marked(mark: Mark, texts: readonly string[]): ProposedLine[] {
  return texts.map((text) => ({ mark, text }));
}
