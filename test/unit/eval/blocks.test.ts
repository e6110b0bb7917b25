import assert from 'node:assert/strict';
import { endAt } from '../../eval/blocks/blocks.ts';
import { blockHoles } from '../../eval/blocks/blockHoles.ts';
import { Syntax } from '../../eval/lines/syntax.ts';

type Grammar = Parameters<Syntax['parses']>[1];

describe('where suggestions end', () => {
  let syntax: Syntax;
  before(async () => (syntax = await Syntax.load(['typescript', 'python'])));

  // The file, and it with each hole in ⟦ ⟧.
  const files: [title: string, grammar: Grammar, text: string, holes: string[]][] = [
    [
      'a block in braces',
      'typescript',
      'if (a) { // so\n  b;\n}\nc;',
      ['if (a) { // so⟦\n  b;\n}⟧\nc;', 'if ⟦(a) { // so\n  b;\n}⟧\nc;', 'if (a) { // so\n  ⟦b;⟧\n}\nc;'],
    ],
    [
      'arguments, with what closes them',
      'typescript',
      'f(\n  a,\n);\n',
      ['f(⟦\n  a,\n);⟧\n', 'f(\n  ⟦a,⟧\n);\n'],
    ],
    [
      'a block without braces',
      'python',
      'def f(a):\n    # b\n    c\n    d\ne\n',
      [
        'def f(a):⟦\n    # b\n    c\n    d⟧\ne\n',
        'def ⟦f(a):\n    # b\n    c\n    d⟧\ne\n',
        'def f(a):\n    ⟦# b\n    c\n    d⟧\ne\n',
      ],
    ],
    ['no block that goes on in its last line', 'typescript', 'if (a) {\n  b;\n} else c();\n', []],
    ['no block on one line', 'typescript', 'if (a) { b; }\n', []],
    [
      'no block of thirteen lines',
      'typescript',
      `if (a) {${'\n  b;'.repeat(12)}\n}\n`,
      [`if (a) {\n  ⟦${'b;\n  '.repeat(11)}b;⟧\n}\n`],
    ],
    ['nothing that does not parse', 'typescript', 'if (a {\n  b;\n}\n', []],
  ];
  for (const [title, grammar, text, holes] of files) {
    it(`has holes at ${title}`, () => {
      const found = syntax.withTree(text, grammar, (root) => blockHoles(text, root));
      assert.deepEqual(
        found.map(({ start, end }) => `${text.slice(0, start)}⟦${text.slice(start, end)}⟧${text.slice(end)}`),
        holes,
      );
    });
  }

  const ends: [picture: string, end: string][] = [
    ['if (a) {⟦\n  b;\n}⟧\nc;', 'same'],
    ['if (a) {⟦\n  b;\n  c;⟧\n  d;\n}', 'longer'],
    ['if (a) {⟦\n  b;\n}\nc;⟧\nd;', 'shorter'],
    ['if (a) {⟦\n\n\n  b;\n}⟧', 'nothing'],
  ];
  for (const [picture, end] of ends) {
    it(`${JSON.stringify(picture)} is ${end}`, () => {
      const [prefix = '', hole = '', suffix = ''] = picture.split(/[⟦⟧]/);
      const where = { place: 'head end', start: prefix.length, end: prefix.length + hole.length } as const;
      assert.equal(endAt(where, prefix + hole + suffix, 'a.ts'), end);
    });
  }
});
