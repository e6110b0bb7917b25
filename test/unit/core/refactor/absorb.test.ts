import assert from 'node:assert/strict';
import { absorb, type LineChange, withTexts } from '../../../../src/core/refactor/absorb.ts';
import { pictureOf, proposalOfPicture } from '../../../support/proposalPicture.ts';

/** From line 10 of a document. */
const PROPOSAL = proposalOfPicture(' a\n-b\n+x\n+y\n.c', 10);

describe("somebody else's edit of a proposal", () => {
  const rows: [name: string, change: LineChange, firstLine: number, picture: string, isTouched: boolean][] = [
    ['above moves it', { start: 2, end: 3, count: 4 }, 13, ' a\n-b\n+x\n+y\n.c', false],
    ['right above moves it', { start: 10, end: 10, count: 1 }, 11, ' a\n-b\n+x\n+y\n.c', false],
    ['below is nothing to it', { start: 15, end: 16, count: 0 }, 10, ' a\n-b\n+x\n+y\n.c', false],
    ['in an added line belongs to it', { start: 12, end: 13, count: 2 }, 10, ' a\n-b\n+\n+\n+y\n.c', true],
    [
      'between added lines belongs to it',
      { start: 13, end: 13, count: 1 },
      10,
      ' a\n-b\n+x\n+\n+y\n.c',
      true,
    ],
    ['takes added lines out', { start: 12, end: 14, count: 0 }, 10, ' a\n-b\n.c', true],
    ['in a removed line makes it stay', { start: 11, end: 12, count: 1 }, 10, ' a\n \n+x\n+y\n.c', true],
    ['over several kinds makes them stay', { start: 11, end: 13, count: 2 }, 10, ' a\n \n \n+y\n.c', true],
    ['in a line that waits lets it wait', { start: 14, end: 15, count: 2 }, 10, ' a\n-b\n+x\n+y\n.\n.', true],
    ['over its beginning', { start: 8, end: 12, count: 1 }, 8, ' \n+x\n+y\n.c', true],
    ['over its end', { start: 14, end: 20, count: 1 }, 10, ' a\n-b\n+x\n+y\n ', true],
    ['over all of it', { start: 0, end: 30, count: 0 }, 0, '', true],
  ];
  for (const [name, change, firstLine, picture, isTouched] of rows) {
    it(name, () => {
      const after = absorb(PROPOSAL, change);
      assert.equal(after.proposal.firstLine, firstLine);
      assert.equal(pictureOf(after.proposal.lines), picture);
      assert.equal(after.isTouched, isTouched);
    });
  }

  const edges: [name: string, change: LineChange, picture: string][] = [
    ['the line above joined with the first', { start: 9, end: 11, count: 1 }, ' \n+y'],
    ['the last joined with the line below', { start: 11, end: 13, count: 1 }, '+x\n '],
    ['all, and more, replaced', { start: 0, end: 30, count: 1 }, ' '],
  ];
  for (const [name, change, picture] of edges) {
    it(`keeps what is not the proposal's own, where all of it is new: ${name}`, () => {
      const after = absorb(proposalOfPicture('+x\n+y', 10), change);
      assert.equal(pictureOf(after.proposal.lines), picture);
    });
  }

  it('is read from the document', () => {
    assert.equal(pictureOf(withTexts(PROPOSAL, ['a', 'b', 'z', 'y', 'c']).lines), ' a\n-b\n+z\n+y\n.c');
  });
});
