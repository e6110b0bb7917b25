import assert from 'node:assert/strict';
import type { Candidate } from '../../../../src/core/context/contextSource.ts';
import {
  blocksAround,
  endLineOf,
  joined,
  overlaps,
  without,
} from '../../../../src/core/context/excerptLines.ts';
import { numbered } from '../../../support/textsInMemory.ts';

const FILE = { uri: 'file:///a.ts', path: 'a.ts', text: numbered(50) };

/** Lines of the file from `from` to before `to`. */
function lines(from: number, to: number, changed: Partial<Candidate> = {}): Candidate {
  const text = FILE.text.split('\n').slice(from, to).join('\n');
  return { uri: FILE.uri, path: FILE.path, firstLine: from, text, isVerbatim: true, ...changed };
}

describe('excerpts of lines', () => {
  // place, the lines shown
  const blocks: [from: number, to: number, first: number, end: number][] = [
    [0, 1, 0, 16],
    [15, 16, 0, 16],
    [16, 17, 16, 32],
    [10, 20, 0, 32],
    [17, 17, 16, 32],
    [47, 60, 32, 50],
    [-5, 3, 0, 16],
  ];
  for (const [from, to, first, end] of blocks) {
    it(`show lines ${first} to ${end} for a place from ${from} to ${to}`, () => {
      const excerpt = blocksAround(FILE, from, to);
      assert.deepEqual(excerpt, lines(first, end));
      assert.equal(endLineOf(excerpt), end);
    });
  }

  it('show nothing of a place behind the end', () => {
    assert.equal(blocksAround(FILE, 90, 95).text, '');
  });

  it('overlap where they share a line of the same file', () => {
    assert.equal(overlaps(lines(0, 5), lines(4, 8)), true);
    assert.equal(overlaps(lines(0, 5), lines(5, 8)), false);
    assert.equal(overlaps(lines(0, 5), lines(0, 5, { uri: 'file:///b.ts' })), false);
  });

  // one, other, both
  const joins: [what: string, one: Candidate, other: Candidate, both: Candidate | undefined][] = [
    ['one after the other', lines(0, 5), lines(3, 8), lines(0, 8)],
    ['the other way round', lines(3, 8), lines(0, 5), lines(0, 8)],
    ['one inside the other', lines(0, 9), lines(3, 5), lines(0, 9)],
    ['around the other', lines(3, 5), lines(0, 9), lines(0, 9)],
    ['apart', lines(0, 5), lines(5, 8), undefined],
    ['another version', lines(0, 5), lines(3, 8, { text: 'x\ny' }), undefined],
    ['a signature', lines(0, 5), lines(3, 8, { isVerbatim: false }), undefined],
    ['the same twice', lines(0, 5, { isVerbatim: false }), lines(0, 5), lines(0, 5, { isVerbatim: false })],
  ];
  for (const [what, one, other, both] of joins) {
    it(`are joined: ${what}`, () => assert.deepEqual(joined(one, other), both));
  }

  // excerpt, what is shown, what is left
  const rests: [what: string, excerpt: Candidate, shown: Candidate, left: Candidate | undefined][] = [
    ['all shown', lines(2, 5), lines(0, 9), undefined],
    ['the same', lines(2, 5), lines(2, 5), undefined],
    ['lines below', lines(2, 9), lines(0, 5), lines(5, 9)],
    ['lines above', lines(0, 9), lines(5, 12), lines(0, 5)],
    ['lines on both sides', lines(0, 9), lines(4, 5), lines(0, 9)],
    ['apart', lines(0, 3), lines(5, 9), lines(0, 3)],
  ];
  for (const [what, excerpt, shown, left] of rests) {
    it(`leave what is not shown: ${what}`, () => assert.deepEqual(without(excerpt, shown), left));
  }
});
