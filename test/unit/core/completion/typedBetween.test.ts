import assert from 'node:assert/strict';
import { typedBetween } from '../../../../src/core/completion/typedBetween.ts';
import { viewOfPicture } from '../../../support/viewOfText.ts';

describe('typedBetween', () => {
  // The document before, after; what was typed; what the editor closed behind the cursor.
  const rows: [title: string, earlier: string, later: string, typed: string | undefined, closed?: string][] =
    [
      ['nothing', 'a|b', 'a|b', ''],
      ['a word', 'a |\nb', 'a word|\nb', 'word'],
      ['a line', 'a|\nb', 'a\n  c|\nb', '\n  c'],
      ['at the end of the file', 'a|', 'ab|', 'b'],
      ['more indentation', 'f {\n  |\n}', 'f {\n    |\n}', '  '],
      ['less indentation', 'f {\n    |\n}', 'f {\n  |\n}', ''],
      ['other indentation and a word', 'f {\n    |\n}', 'f {\n\ta|\n}', 'a'],
      ['a line taken away', 'f {\n    |\n}', 'f {|\n}', undefined],
      ['something deleted', 'ab|', 'a|', undefined],
      ['another word before it', 'ab |', 'ac x|', undefined],
      ['text after the cursor', 'a|\nb', 'ax|\nc', undefined],
      ['text after the cursor that once was the end of the file', 'a|', 'ax|b', undefined],
      ['text after the cursor that only begins alike', 'a|\nb', 'ax|\nb\nc', undefined],
      ['text on the rest of the line', 'a|)', 'ax|y)', undefined],
      ['a bracket that closes itself', 'f|\nb', 'f(|)\nb', '(', ')'],
      ['brackets in brackets', 'f|\nb', 'f([|])\nb', '([', '])'],
      ['a quote that closes itself', 'f(|)', 'f("|")', '"', '"'],
      ['a bracket before its like', 'f(|)', 'f((|))', '(', ')'],
      ['Enter between brackets', 'if (a) |\nb', 'if (a) {\n    |\n}\nb', '{\n    ', '\n}'],
      ['Enter between indented brackets', '  f |', '  f {\n    |\n  }', '{\n    ', '\n  }'],
      ['typing over the closer', 'f(|)\nb', 'f(a)|\nb', 'a)'],
      ['typing over a closer and opening a block', 'if (|)\nb', 'if (a) {|}\nb', 'a) {', '}'],
      ['a closer deleted behind the cursor', 'f(|)\nb', 'f(a|\nb', undefined],
      ['a line that appeared below', 'f {\n  |\n}', 'f {\n  x|\n  y\n}', undefined],
    ];

  for (const [title, earlier, later, typed, closed = ''] of rows) {
    it(`${title}: ${JSON.stringify(earlier)} → ${JSON.stringify(later)}`, () => {
      const expected = typed === undefined ? undefined : { text: typed, closed };
      assert.deepEqual(typedBetween(viewOfPicture(earlier), viewOfPicture(later)), expected);
    });
  }

  it('is nothing between two documents', () => {
    const other = { path: 'other.ts', languageId: 'typescript' };
    assert.equal(typedBetween(viewOfPicture('a|'), viewOfPicture('ab|', other)), undefined);
  });

  it('sees through windows that begin at different lines', () => {
    const before = 'x = 1\n'.repeat(200);
    const earlier = viewOfPicture(`${before}y|`);
    const later = viewOfPicture(`${before}yz|`);
    const narrow = { ...later, prefix: later.prefix.slice(60), firstLine: 10 };
    assert.deepEqual(typedBetween(earlier, narrow), { text: 'z', closed: '' });
  });
});
