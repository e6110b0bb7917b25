/** Lines of a text in place of others: from `from` to before `end`, counted from 0. */
export interface ChangedLines {
  readonly from: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** The fewest lines in a row that make one text the other; undefined where they are alike. LF between lines. */
export function changedLines(before: string, after: string): ChangedLines | undefined {
  if (before === after) return undefined;
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  const most = Math.min(old.length, fresh.length);
  let from = 0;
  while (from < most && old[from] === fresh[from]) from++;
  let same = 0;
  while (same < most - from && old[old.length - 1 - same] === fresh[fresh.length - 1 - same]) same++;
  return { from, end: old.length - same, lines: fresh.slice(from, fresh.length - same) };
}
