import type { Hunk, Mark, Proposal, ProposedLine } from './proposal.ts';

/** Lines `start` to before `end` of a document are replaced. */
export interface LineEdit {
  readonly start: number;
  readonly end: number;
  /** Without line ends. */
  readonly lines: readonly string[];
}

/** In a proposal the lines of the document stay, and other lines are added to them. In order, none overlapping. */
export function editsToPropose({ firstLine, lines }: Proposal, to: readonly ProposedLine[]): LineEdit[] {
  const wanted = addedRuns(to);
  const edits: LineEdit[] = [];
  let at = firstLine;
  addedRuns(lines).forEach((have, index) => {
    const want = wanted[index] ?? [];
    let same = 0;
    while (same < have.length && have[same] === want[same]) same++;
    if (same < have.length || same < want.length) {
      edits.push({ start: at + same, end: at + have.length, lines: want.slice(same) });
    }
    at += have.length + 1;
  });
  return edits;
}

/** Takes the lines of a hunk out that are not wanted. In order, none overlapping. */
export function editsToDecide(
  { firstLine, lines }: Proposal,
  { start, end }: Hunk,
  isAccepted: boolean,
): LineEdit[] {
  const gone: Mark = isAccepted ? 'removed' : 'added';
  const edits: { start: number; end: number; lines: readonly string[] }[] = [];
  for (let at = start; at < end; at++) {
    if (lines[at - firstLine]?.mark !== gone) continue;
    const last = edits.at(-1);
    if (last?.end === at) last.end++;
    else edits.push({ start: at, end: at + 1, lines: [] });
  }
  return edits;
}

/** What is added before each line of the document, and behind the last. */
function addedRuns(lines: readonly ProposedLine[]): string[][] {
  const runs: string[][] = [[]];
  for (const { mark, text } of lines) {
    if (mark === 'added') runs.at(-1)?.push(text);
    else runs.push([]);
  }
  return runs;
}
