import assert from 'node:assert/strict';
import { howMuch } from '../../../../../src/core/completion/shaping/howMuch.ts';
import { applied } from './applied.ts';

describe('how much', () => {
  // The document, what the model wrote to its end, what is left of it.
  const rows: [title: string, picture: string, written: string, left: string][] = [
    ['one line', 'const a = |', '1;\nconst b = 2;', '1;'],
    ['without its trailing white space', 'const a = |', '1;  \nconst b = 2;', '1;'],
    ['the next line at the end of one', 'const a = 1;|', '\nconst b = 2;\nc', '\nconst b = 2;'],
    ['the block that the next line opens', 'a = 1;|', '\nif (a) {\n  b;\n}\nc', '\nif (a) {\n  b;\n}'],
    ['nothing behind a blank line', 'const a = 1;|', '\n\nconst b = 2;', ''],
    ['no next line behind half a one', 'a =|', '\nb', ''],
    ['no next line before a closer', 'f(a|)', '\nb', ''],
    ['a block the cursor line opens', 'if (a) {|', '\n  b();\n  c();\n}\nd();', '\n  b();\n  c();\n}'],
    ['a block the suggestion opens', 'if (a|', ') {\n  b();\n}\nc();', ') {\n  b();\n}'],
    ['a block without a closer', 'def f(|', '):\n    a()\n    b()\nc()', '):\n    a()\n    b()'],
    ['the block the cursor stands in', 'def f():\n    |', 'a()\n    b()\nc()', 'a()\n    b()'],
    ['lines further down in a block', 'def f():\n    a()\n    |', 'b()\n    c()\nd', 'b()\n    c()'],
    ['lines up to a blank one', 'f {\n  a;\n  |', 'b;\n  c;\n\n  d;', 'b;\n  c;'],
    [
      'a block inside the block',
      'f {\n  |',
      'if (a) {\n    b\n  }\n  c\n}\nd',
      'if (a) {\n    b\n  }\n  c\n}',
    ],
    ['a block further down', 'f {\n  a;\n  |', 'if (a) {\n    b\n  }\n  c', 'if (a) {\n    b\n  }'],
    ['a block that goes on', 'if (a) {|', '\n  b;\n} else {\n  c;\n}\nd', '\n  b;\n} else {\n  c;\n}'],
    ['a block with its brace below', 'void f(|', 'int a)\n{\n  b;\n}\nc', 'int a)\n{\n  b;\n}'],
    ['one line where no brace comes', 'void f(|', 'int a)\nb', 'int a)'],
    ['closers that nothing else closes', 'class A {\n  f() {|', '\n    a;\n  }\n}\nb', '\n    a;\n  }\n}'],
    ['no closers that stand below', 'class A {\n  f() {|\n}', '\n    a;\n  }\n}\nb', '\n    a;\n  }'],
    ['one blank line in a block', 'f() {|', '\n  a\n\n  b\n}', '\n  a\n\n  b\n}'],
    ['two blank lines end it', 'f() {|', '\n  a\n\n\n  b\n}', '\n  a'],
    ['a block that ends in "end"', 'def f|', '(\n  a\n)\nend', '(\n  a\n)'],
    ['"end" closes', 'if a then|', '\n  b\nend\nc', '\n  b\nend'],
    ['"endless" does not', 'if a then|', '\n  b\nendless()', '\n  b'],
    ['tabs count as four', 'if (a) {|', '\n\tb\n    c\n}', '\n\tb\n    c\n}'],
    ['no more than twelve lines', 'f {|', '\n  a'.repeat(30), '\n  a'.repeat(11)],
    ['one line before words', 'f(|, b) {', 'a) {\n  c();\n}', 'a) {'],
    ['one line before a closer', 'f(|)', 'a, b);\ng();', 'a, b);'],
    ['a block before a closer', 'a.map(|)', 'x => {\n  b;\n});\nc', 'x => {\n  b;\n});'],
    ['a block between its brackets', 'f() {|}', '\n  a\n}\nb', '\n  a\n}'],
    ['arguments between their brackets', 'f(|);', '\n  a,\n  b\n);\nc', '\n  a,\n  b\n);'],
  ];

  // In languages whose blocks are told by more than their indentation.
  const inLanguage: [title: string, languageId: string, picture: string, written: string, left: string][] = [
    [
      'the block of a head of several lines',
      'cpp',
      'int f(int a,\n      int b) {|',
      '\n  return a;\n}\nint c;',
      '\n  return a;\n}',
    ],
    [
      'the block of such a head that the suggestion ends',
      'php',
      'if ($a &&\n    $b|',
      ') {\n  c();\n}\nd();',
      ') {\n  c();\n}',
    ],
    ['the empty block of such a head', 'python', 'def f(a,\n      b):\n    |', 'c\n    d\ne', 'c\n    d'],
    [
      'no more than its own where nothing was opened above',
      'c',
      '  a;\n  b) {|',
      '\n    c;\n  }\nd',
      '\n    c;\n  }',
    ],
    ['a block whose opener has a comment', 'typescript', 'if (a) { // so|', '\n  b;\n}\nc', '\n  b;\n}'],
    [
      'a block that goes on behind a comment',
      'c',
      'if (a) {|',
      '\n  b;\n} else { // so\n  c;\n}\nd',
      '\n  b;\n} else { // so\n  c;\n}',
    ],
    ['one line of a comment that ends like an opener', 'typescript', '// as in (|', '\n    a', ''],
    [
      'an empty block with a comment in it',
      'python',
      'def f():\n    # first\n    |',
      'a\n\n    b\nc',
      'a\n\n    b',
    ],
    [
      'directives at the left margin',
      'c',
      'int f() {|',
      '\n  a;\n#ifdef B\n  b;\n#endif\n}\nc',
      '\n  a;\n#ifdef B\n  b;\n#endif\n}',
    ],
    ['no comments at the left margin', 'perl', 'if ($a) {|', '\n  b;\n#if c\n  d;\n}', '\n  b;'],
    [
      'labels as far out as their head',
      'cpp',
      'class A {|',
      '\npublic:\n  A();\n};\nB',
      '\npublic:\n  A();\n};',
    ],
    [
      'cases as far out as their switch',
      'go',
      'switch a {|',
      '\ncase 1:\n\tb()\n}\nc',
      '\ncase 1:\n\tb()\n}',
    ],
    ['one case as far as the next', 'cpp', '  case 1:|', '\n    b();\n  case 2:\n    c();', '\n    b();'],
  ];

  for (const [title, languageId, picture, written, left] of inLanguage) {
    it(`${title} in ${languageId}: ${JSON.stringify(picture)} + ${JSON.stringify(written.slice(0, 40))}`, () => {
      const { text } = applied(howMuch, picture, written, {}, { path: 'test', languageId });
      assert.equal(text.trimEnd(), left);
    });
  }

  for (const [title, picture, written, left] of rows) {
    it(`${title}: ${JSON.stringify(picture)} + ${JSON.stringify(written.slice(0, 40))}`, () => {
      const { text } = applied(howMuch, picture, written);
      assert.equal(text.trimEnd(), left);
    });
  }

  // What the model has written so far, and whether anything could still change.
  const streamed: [title: string, picture: string, soFar: string, final: boolean][] = [
    ['a line that may go on', 'const a = |', '1', false],
    ['a line that has ended', 'const a = |', '1;\n', true],
    ['a line before a closer', 'f(|)', 'a, b);\n', true],
    ['a block', 'f {|', '\n  a\n', false],
    ['a closer that may go on', 'f {|', '\n  a\n}', false],
    ['a closer that has ended', 'f {|', '\n  a\n}\n', true],
    ['a line that has left the block already', 'def f():|', '\n  a\nb', true],
    ['a line that may become "end"', 'if a then|', '\n  a\nen', false],
    ['a blank line in a block', 'f {|', '\n  a\n\n', false],
    ['a second blank line', 'f {|', '\n  a\n\n\n', true],
  ];

  for (const [title, picture, soFar, final] of streamed) {
    it(`${title} is ${final ? '' : 'not '}final: ${JSON.stringify(soFar)}`, () => {
      const filtered = applied(howMuch, picture, soFar, { complete: false });
      assert.equal(filtered.final, final);
    });
  }

  const options: [multiline: 'never' | 'always', picture: string, written: string, left: string][] = [
    ['never', 'if (a) {|', '\n  b();\n}', ''],
    ['never', 'if (a|', ') {\n  b();\n}', ') {'],
    ['never', '  |', 'a;\n  b;', 'a;'],
    ['always', 'a = |', '1;\nb = 2;\n\nc', '1;\nb = 2;'],
    ['always', 'f(|, b)', 'a\nc', 'a'],
  ];

  for (const [multiline, picture, written, left] of options) {
    it(`${multiline} several lines: ${JSON.stringify(picture)} + ${JSON.stringify(written)}`, () => {
      assert.equal(applied(howMuch, picture, written, { options: { multiline } }).text.trimEnd(), left);
    });
  }

  it('waits for a brace below only where one may come', () => {
    assert.equal(applied(howMuch, 'void f(|', 'int a)\n', { complete: false }).final, false);
    assert.equal(applied(howMuch, 'void f(|', 'int a)\nb', { complete: false }).final, true);
    assert.equal(applied(howMuch, 'f(|', 'a)\n', { complete: false }).final, true);
  });
});
