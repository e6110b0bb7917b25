import assert from 'node:assert/strict';
import { place } from '../../../../src/core/completion/placement.ts';
import { ghostPicture } from '../../../support/ghostPicture.ts';
import { viewOfPicture } from '../../../support/viewOfText.ts';

describe('place', () => {
  // The document, the suggestion, the document with its ghost text, how much of the line is replaced.
  const rows: [title: string, picture: string, text: string, ghost: string, replaced: number][] = [
    ['at the end of a line', 'foo(|\nx', 'a, b)', 'foo(⟦a, b)⟧\nx', 0],
    ['before a closer it leaves alone', 'foo(|)', 'a, b', 'foo(⟦a, b⟧)', 0],
    ['before a closer it writes as well', 'foo(|)', 'a, b)', 'foo(⟦a, b⟧)', 1],
    ['not over trailing white space', 'foo(|)  ', 'a)', 'foo(⟦a⟧)  ', 1],
    ['before white space only', 'foo(|  ', 'a)', 'foo(⟦a)⟧  ', 0],
    ['before two closers it writes', 'a(b(|))', 'c))', 'a(b(⟦c⟧))', 2],
    ['before two closers of which it writes one', 'a(b(|))', 'c)', 'a(b(⟦c⟧))', 0],
    ['before a closer and a semicolon it writes', 'a(|);', 'b);', 'a(⟦b⟧);', 2],
    ['before a semicolon it does not write', 'a(|);', 'b)', 'a(⟦b⟧);', 0],
    ['on behind the closer', 'a(|)', 'b).c(d', 'a(⟦b).c(d⟧~)~', 1],
    ['with brackets of its own', 'a(|)', 'b(c)', 'a(⟦b(c)⟧)', 0],
    ['before a quote it writes', "a('|')", "b')", "a('⟦b⟧')", 2],
    ['with a string of its own', 'a(|)', '"x)"', 'a(⟦"x)"⟧)', 0],
    ['over a closer that closes nothing before it', '|");', 'f("a", {});', '⟦f("a", {});⟧~");~', 3],
    ['before a closer that closes a line above', 'f({\n|})', 'g(a)', 'f({\n⟦g(a)⟧})', 0],
    ['before the end of a tag it writes', '<a>b</|>', 'a>', '<a>b</⟦a⟧>', 0],
    ['before the end of a tag behind an arrow', '<a b={|}>', 'c => d', '<a b={⟦c => d⟧}>', 0],
    ['before the end of an empty tag it writes', '<a |/>', 'b={c} />', '<a ⟦b={c} ⟧/>', 0],
    ['before the end of type arguments', 'Map<a, |>', 'List<b>', 'Map<a, ⟦List<b>⟧>', 0],
    ['before a semicolon it writes', 'a = |;', '1;', 'a = ⟦1⟧;', 0],
    ['before a comma it writes behind a bracket', '[|,\n]', 'f(a),', '[⟦f(a)⟧,\n]', 0],
    ['before a bracket and a semicolon of which it writes the latter', 'f(|);', 'g(a);', 'f(⟦g(a)⟧);', 0],
    ['in a string that ends behind the cursor', 'f("a |")', '{b}', 'f("a ⟦{b}⟧")', 0],
    ['over words it goes on behind', 'f(|, b)', 'a, b).c', 'f(⟦a, b).c⟧~, b)~', 4],
    ['not over a part of a word', 'x|ab', 'cab d', 'x⟦cab d⟧ab', 0],
    ['before a word', 'a(|b)', 'c)', 'a(⟦c)⟧b)', 0],
    ['a block over its bracket', 'f() {|}', '\n  a;\n}', 'f() {⟦\n  a;\n⟧}', 1],
  ];

  for (const [title, picture, text, ghost, replaced] of rows) {
    it(`${title}: ${JSON.stringify(ghost)}`, () => {
      const view = viewOfPicture(picture);
      const placement = place(text, view);
      assert.equal(ghostPicture(view, placement), ghost);
      assert.equal(placement.replaceChars, replaced);
    });
  }
});
