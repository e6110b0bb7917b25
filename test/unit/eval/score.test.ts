import assert from 'node:assert/strict';
import { documentWith, score } from '../../eval/lines/score.ts';
import { holeOfPicture } from './holeOfPicture.ts';

describe('score of a suggestion', () => {
  // The hole, the suggestion, characters it goes over, whether the line becomes the original one, similarity.
  const rows: [
    title: string,
    picture: string,
    text: string,
    replaced: number,
    exact: boolean,
    similarity: number,
  ][] = [
    ['the middle', 'a = «bcd;»\n', 'bcd;', 0, true, 1],
    ['one edit of four', 'a = «bcd;»\n', 'bcx;', 0, false, 3 / 4],
    ['longer by four', 'a = «bcd;»\n', 'bcd;bcd;', 0, false, 1 / 2],
    ['the beginning only', 'a = «bcd;»\n', 'bc', 0, false, 1 / 2],
    ['nothing', 'a = «bcd;»\n', '', 0, false, 0],
    ['nothing in common', 'a = «bcd;»\n', 'xyzw', 0, false, 0],
    ['a new line first', 'a = «bcd;»\n', '\nbcd;', 0, false, 0],
    ['white space first, then a new line', 'a = «bcd;»\n', ' \nbcd;', 0, false, 0],
    ['only the first line counts', 'a = «b {»\n  c\n', 'b {\n  x\n}', 0, true, 1],
    ['trailing white space is ignored', 'a = «b; »\n', 'b;', 0, true, 1],
    ['and that of the suggestion', 'a = «b;»\n', 'b;  ', 0, true, 1],
    ['leading white space is not', 'a =« b;»\n', 'b;', 0, false, 1 - 1 / 3],
    ['before the rest of the line', 'f(«ab», c)\n', 'ab', 0, true, 1],
    ['the rest of the line makes no one similar', 'f(«ab», c, d, e)\n', 'xy', 0, false, 0],
    ['over closers that it repeats', 'f(«ab»);\n', 'ab);', 2, true, 1],
    ['over closers, the wrong thing before them', 'f(«ab»);\n', 'ax);', 2, false, 1 / 2],
    ['over some of the rest', 'f(g(«a»));\n', 'a)', 1, true, 1],
    // "a) + b" against "a)": four of six characters are too many.
    ['over a closer it does not end in', 'f(«a»)\n', 'a) + b', 1, false, 1 - 4 / 6],
    ['trailing white space of the rest', 'f(«a») \n', 'a)', 1, true, 1],
    ['the last line without a line end', 'a = «b»', 'b', 0, true, 1],
  ];

  for (const [title, picture, text, replacedChars, isExact, similarity] of rows) {
    it(`${title}: ${JSON.stringify(picture)} + ${JSON.stringify(text)}`, () => {
      assert.deepEqual(score(holeOfPicture(picture), { text, replacedChars }), {
        isShown: text !== '',
        isExact,
        similarity,
      });
    });
  }

  it('is of a document with all lines of the suggestion', () => {
    const hole = holeOfPicture('f(«a»);\ng();\n');
    assert.equal(documentWith(hole, { text: '{\n  b,\n})', replacedChars: 1 }), 'f({\n  b,\n});\ng();\n');
  });
});
