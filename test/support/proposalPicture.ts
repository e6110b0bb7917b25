import type { Mark, Proposal, ProposedLine } from '../../src/core/refactor/proposal.ts';

const SIGNS: Readonly<Record<Mark, string>> = { kept: ' ', waiting: '.', removed: '-', added: '+' };

/** A line each, with what becomes of it in front. */
export function pictureOf(lines: readonly ProposedLine[]): string {
  return lines.map(({ mark, text }) => SIGNS[mark] + text).join('\n');
}

export function proposalOfPicture(picture: string, firstLine = 0): Proposal {
  const marks = new Map(Object.entries(SIGNS).map(([mark, sign]) => [sign, mark as Mark]));
  const lines = picture
    .split('\n')
    .map((line) => ({ mark: marks.get(line[0] ?? '') ?? 'kept', text: line.slice(1) }));
  return { firstLine, lines };
}
