import assert from 'node:assert/strict';
import { lineStart } from '../../../../../src/core/completion/shaping/lineStart.ts';
import { applied } from './applied.ts';

describe('line start', () => {
  const rows: [title: string, picture: string, text: string, left: string][] = [
    ['a space that stands there', 'a = |', ' b', 'b'],
    ['a tab where a space stands', 'a = |', '\tb', 'b'],
    ['a space that is needed', 'a =|', ' b', ' b'],
    ['a line end behind a space', 'f { |', '\n  b', '\n  b'],
    ['the line’s indentation', '  a;\n  |', '  b', 'b'],
    ['indentation that the editor has not given', 'f {\n|', '  b', '  b'],
    ['indentation that lacks a level', '  f {\n  |', '  b', '  b'],
    ['indentation that is there', '  f {\n    |', '    b', 'b'],
    ['a line end behind an opener', 'f {\n  |', '\n  b', 'b'],
    ['a line end behind a statement', '  a;\n  |', '\n  b', '\n  b'],
    ['several line ends', '  a;\n  |', '\n\n\n  b', 'b'],
    ['a line end behind a blank line', '  a;\n\n  |', '\n  b', 'b'],
    ['a line end in an empty file', '|', '\nb', 'b'],
    ['nothing but blanks', 'a|', ' \n ', ' \n '],
  ];

  for (const [title, picture, text, left] of rows) {
    it(`${title}: ${JSON.stringify(picture)} + ${JSON.stringify(text)}`, () => {
      assert.equal(applied(lineStart, picture, text).text, left);
    });
  }
});
