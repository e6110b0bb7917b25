import assert from 'node:assert/strict';
import { Suggestion } from '../../../../src/core/completion/suggestion.ts';
import { ghostPicture } from '../../../support/ghostPicture.ts';
import { viewOfPicture } from '../../../support/viewOfText.ts';

describe('what is left of a suggestion', () => {
  // Where it was made, its text, the document now, and that with the ghost text.
  const rows: [title: string, made: string, text: string, now: string, ghost: string | undefined][] = [
    ['where it was made', 'foo|', '(a, b)', 'foo|', 'foo⟦(a, b)⟧'],
    ['more indentation before it', 'f {\n  |\n}', 'a;', 'f {\n    |\n}', 'f {\n    ⟦a;⟧\n}'],
    ['less indentation before it', 'f {\n  |\n}', 'a;', 'f {\n|\n}', 'f {\n⟦a;⟧\n}'],
    ['typed into', 'foo|', '.bar(a)', 'foo.ba|', 'foo.ba⟦r(a)⟧'],
    ['typed to its end', 'foo|', '.bar', 'foo.bar|', undefined],
    ['typed past its end', 'foo|', '.bar', 'foo.bar;|', undefined],
    ['something else typed', 'foo|', '.bar', 'foo.x|', undefined],
    ['deleted to before it', 'foo|', '.bar', 'fo|', undefined],
    ['deleted back into it', 'foo|', '.bar', 'foo.|', 'foo.⟦bar⟧'],
    ['a bracket that closed itself', 'foo|', '(a, b)', 'foo(|)', 'foo(⟦a, b⟧)'],
    ['a bracket that closed itself, more typed', 'foo|', '(a, b)', 'foo(a, |)', 'foo(a, ⟦b⟧)'],
    ['all but the bracket the editor wrote', 'foo|', '(a, b)', 'foo(a, b|)', undefined],
    ['the closer typed over', 'foo|', '(a).b()', 'foo(a)|', 'foo(a)⟦.b()⟧'],
    ['the closer typed over that stood there before', 'foo(|)', 'a).b()', 'foo(a)|', 'foo(a)⟦.b()⟧'],
    ['a quote that closed itself', 'foo(|)', '"hi")', 'foo("|")', 'foo("⟦hi⟧")'],
    ['Enter, same indentation', 'def f():|', '\n    return 1', 'def f():\n    |', 'def f():\n    ⟦return 1⟧'],
    ['Enter, other indentation', 'def f():|', '\n    return 1', 'def f():\n\t|', 'def f():\n\t⟦return 1⟧'],
    [
      'a block bracket that closed itself',
      'if (a) |\nb',
      '{\n  c();\n}',
      'if (a) {|}\nb',
      'if (a) {⟦\n  c();\n⟧}\nb',
    ],
    [
      'Enter between its brackets',
      'if (a) |\nb',
      '{\n  c();\n}',
      'if (a) {\n  |\n}\nb',
      'if (a) {\n  ⟦c();⟧\n}\nb',
    ],
    [
      'Enter between its brackets, with a block in it',
      'if (a) |\nb',
      '{\n  if (c) {\n    d();\n  }\n} else {',
      'if (a) {\n  |\n}\nb',
      'if (a) {\n  ⟦if (c) {\n    d();\n  }⟧\n}\nb',
    ],
    ['an empty block entered', 'if (a) |', '{\n}', 'if (a) {\n  |\n}', undefined],
    ['the text after the cursor changed', 'foo|', '.bar', 'foo.|bar', undefined],
    ['only white space is left', 'foo|', '.bar\n', 'foo.bar|', undefined],
  ];

  for (const [title, made, text, now, ghost] of rows) {
    it(`${title}: ${JSON.stringify(now)}`, () => {
      const view = viewOfPicture(now);
      assert.equal(ghostPicture(view, new Suggestion(viewOfPicture(made), text).remainderAt(view)), ghost);
    });
  }
});
