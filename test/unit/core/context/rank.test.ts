import assert from 'node:assert/strict';
import type { Candidate } from '../../../../src/core/context/contextSource.ts';
import { rank } from '../../../../src/core/context/rank.ts';
import { numbered } from '../../../support/textsInMemory.ts';

const EDITS = { name: 'edits', weight: 1, stability: 0 };
const DEFINITIONS = { name: 'definitions', weight: 1, stability: 5 };
const STRONG = { name: 'strong', weight: 2, stability: 1 };

describe('rank', () => {
  it('puts first what several sources name', () => {
    const { ranked } = rank([
      { source: EDITS, candidates: [lines('a'), lines('both')] },
      { source: DEFINITIONS, candidates: [lines('b'), lines('both')] },
    ]);
    assert.deepEqual(
      ranked.map(({ excerpt, sources, stability }) => [excerpt.path, sources, stability]),
      [
        ['both', ['definitions', 'edits'], 5],
        ['a', ['edits'], 0],
        ['b', ['definitions'], 5],
      ],
    );
    assert.equal(ranked[0]?.score, 2 / 62);
    assert.equal(ranked[1]?.score, 1 / 61);
  });

  it('counts a source by its weight, and each once', () => {
    const { ranked } = rank([
      { source: EDITS, candidates: [lines('a', 0, 4), lines('a', 2, 8)] },
      { source: STRONG, candidates: [lines('c')] },
    ]);
    assert.deepEqual(
      ranked.map(({ excerpt, score }) => [excerpt.path, score]),
      [
        ['c', 2 / 61],
        ['a', 1 / 61],
      ],
    );
  });

  it('joins what overlaps, also over a third', () => {
    const { ranked } = rank([
      { source: EDITS, candidates: [lines('a', 0, 4), lines('a', 6, 9), lines('a', 3, 7)] },
    ]);
    assert.deepEqual(
      ranked.map(({ excerpt }) => excerpt),
      [lines('a', 0, 9)],
    );
  });

  it('remembers of what is joined the one that counts most', () => {
    const { ranked } = rank([
      { source: EDITS, candidates: [lines('a', 0, 9)] },
      { source: STRONG, candidates: [lines('a', 2, 12), lines('b')] },
    ]);
    assert.deepEqual(
      ranked.map(({ excerpt, core }) => [excerpt, core]),
      [
        [lines('a', 0, 12), lines('a', 2, 12)],
        [lines('b'), undefined],
      ],
    );
  });

  it('keeps the better of two versions', () => {
    const old = { ...lines('a', 0, 4), text: 'old\nold' };
    const { ranked, displaced } = rank([
      { source: EDITS, candidates: [old] },
      { source: STRONG, candidates: [lines('a', 0, 4)] },
    ]);
    assert.deepEqual(
      ranked.map(({ excerpt }) => excerpt),
      [lines('a', 0, 4)],
    );
    assert.deepEqual(
      displaced.map(({ excerpt }) => excerpt),
      [old],
    );
  });

  it('gives the same order whatever order the sources and equal answers come in', () => {
    const one = { source: EDITS, candidates: [lines('x'), lines('y')] };
    const other = { source: DEFINITIONS, candidates: [lines('z'), lines('x')] };
    assert.deepEqual(rank([one, other]), rank([other, one]));
  });
});

function lines(path: string, from = 0, to = 4): Candidate {
  const text = numbered(20, path).split('\n').slice(from, to).join('\n');
  return { uri: `file:///${path}`, path, firstLine: from, text, isVerbatim: true };
}
