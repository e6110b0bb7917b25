import type { Mark, Proposal, ProposedLine } from './proposal.ts';

/** Somebody else's edit: lines `start` to before `end` of a document became `count` others. */
export interface LineChange {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

/**
 * A proposal after somebody else's edit. The texts of lines that changed are left empty: {@link withTexts} reads them.
 * What a user writes into added lines is part of the proposal; whatever else a user writes stays, however it is decided.
 */
export function absorb(proposal: Proposal, change: LineChange): { proposal: Proposal; isTouched: boolean } {
  const { firstLine, lines } = proposal;
  const { start, end, count } = change;
  const lastLine = firstLine + lines.length;
  if (end <= firstLine) {
    return { proposal: { firstLine: firstLine + count - (end - start), lines }, isTouched: false };
  }
  if (start >= lastLine) return { proposal, isTouched: false };
  const from = Math.max(0, start - firstLine);
  const to = Math.min(lines.length, end - firstLine);
  // With a line from outside in it, an edit is not one of what was proposed: rejecting that must not take the line along.
  const isInside = start >= firstLine && end <= lastLine;
  const mark = isInside ? markOf(lines.slice(from, to), lines[from - 1], lines[to]) : 'kept';
  const fresh = Array.from({ length: count }, (): ProposedLine => ({ mark, text: '' }));
  return {
    proposal: {
      firstLine: Math.min(firstLine, start),
      lines: [...lines.slice(0, from), ...fresh, ...lines.slice(to)],
    },
    isTouched: true,
  };
}

/** With the texts that the document has by now. */
export function withTexts({ firstLine, lines }: Proposal, texts: readonly string[]): Proposal {
  return { firstLine, lines: lines.map(({ mark }, index) => ({ mark, text: texts[index] ?? '' })) };
}

function markOf(touched: readonly ProposedLine[], before?: ProposedLine, after?: ProposedLine): Mark {
  const around = touched.length > 0 ? touched : [before, after];
  const [first] = around;
  const isOneKind = first !== undefined && around.every((line) => line?.mark === first.mark);
  return isOneKind && (first.mark === 'added' || first.mark === 'waiting') ? first.mark : 'kept';
}
