import assert from 'node:assert/strict';
import { piecesLeft, shownPieces } from '../../../../src/core/completion/writtenPiece.ts';

describe('the pieces that are shown', () => {
  // What is shown, the pieces written, and those that count.
  const rows: readonly [
    title: string,
    shown: string,
    written: readonly string[],
    counted: readonly string[],
  ][] = [
    ['all', 'a = b', ['a', ' =', ' b'], ['a', ' =', ' b']],
    ['without the end', 'a', ['a', ';', '\n'], ['a']],
    ['without the beginning', 'a;', ['```', 'ts', '\n', 'a', ';'], ['a', ';']],
    ['one that is cut in the middle', 'foo', ['foo);', '\n'], ['foo);']],
    ['white space changed', 'a\n\tb', ['a', '\n', '    ', 'b', '\n'], ['a', '\n', '    ', 'b']],
    ['no white space at the ends', 'a', ['\n', 'a', ' '], ['a']],
    ['a text that is not there: all', 'x', ['a', 'b'], ['a', 'b']],
    ['nothing: all', '', ['a', 'b'], ['a', 'b']],
  ];
  for (const [title, shown, written, counted] of rows) {
    it(`${title}: ${JSON.stringify(shown)} of ${JSON.stringify(written)}`, () => {
      const pieces = written.map((text) => ({ text, logProbability: 0 }));
      assert.deepEqual(
        shownPieces(shown, pieces).map(({ text }) => text),
        counted,
      );
    });
  }
});

describe('the pieces that are left', () => {
  const written = ['\n', '  a', ' = ', 'foo', '.bar', '();', '\n'];
  // What is left of `  a = foo.bar();`, and what of it is whole.
  const rows: readonly [rest: string, left: readonly string[]][] = [
    ['  a = foo.bar();', ['  a', ' = ', 'foo', '.bar', '();']],
    [' = foo.bar();', [' = ', 'foo', '.bar', '();']],
    ['oo.bar();', ['.bar', '();']],
    ['.bar();', ['.bar', '();']],
    [');', []],
  ];
  for (const [rest, left] of rows) {
    it(JSON.stringify(rest), () => {
      const pieces = written.map((text) => ({ text, logProbability: 0 }));
      assert.deepEqual(
        piecesLeft('  a = foo.bar();', rest, pieces).map(({ text }) => text),
        left,
      );
    });
  }
});
