import assert from 'node:assert/strict';
import { closeAll, scanBrackets, withoutComment } from '../../../../src/core/completion/brackets.ts';
import { languageOf } from '../../../../src/core/languages/languageOf.ts';

describe('scanBrackets', () => {
  // The text, what closes nothing in it, what stays open.
  const rows: [text: string, closers: string, open: string, languageId?: string][] = [
    ['a, b', '', ''],
    ['a)', ')', ''],
    ['(a)', '', ''],
    ['(a', '', '('],
    ['(a))', ')', ''],
    ['[a)', ')', '['],
    ['{ (a }', '', ''],
    ['"(" + a)', ')', ''],
    ['"\\")" + a)', ')', ''],
    ['`a\n)`)', ')', ''],
    ["don't (a\n)", '', ''],
    ["f'(' + a", '', '', 'python'],
    ['a " (\n)', '', ''],
    ['a = "(', '', '"'],
    ['}\n}', '}}', ''],
    ['a // (\n)', ')', ''],
    ['a /* ( */ )', ')', ''],
    ['a # (\n)', ')', '', 'python'],
    ['"http://(" + (', '', '('],
    ['${#a[@]} (', '', '(', 'shellscript'],
    ['c (\ncall(', '', '(', 'fortran_fixed'],
    ["fn f<'a>(x: &'a str) {", '', '{', 'rust'],
  ];

  for (const [text, closers, open, languageId = 'typescript'] of rows) {
    it(`${JSON.stringify(text)}: closes ${closers || 'nothing'}, leaves ${open || 'nothing'} open`, () => {
      const scan = scanBrackets(text, languageOf({ languageId, path: '' }));
      assert.equal(scan.closers.map(({ character }) => character).join(''), closers);
      assert.equal(scan.open.join(''), open);
    });
  }

  const continued: [before: string, text: string, closers: string, open: string][] = [
    ['(', 'a)', ')', ''],
    ['({', '}', '}', '('],
    ['("', 'a)', '', '("'],
    ['("', 'a")', '")', ''],
    ['("', 'a\n)', ')', ''],
    ['(', '{}', '', '('],
  ];

  for (const [before, text, closers, open] of continued) {
    it(`${JSON.stringify(text)} behind ${before}: closes ${closers || 'nothing'}, leaves ${open || 'nothing'}`, () => {
      const scan = scanBrackets(text, languageOf({ languageId: 'typescript', path: '' }), [...before]);
      assert.equal(scan.closers.map(({ character }) => character).join(''), closers);
      assert.equal(scan.open.join(''), open);
    });
  }
});

describe('a line without its comment', () => {
  const rows: [line: string, languageId: string, left: string][] = [
    ['if (a) { // b', 'typescript', 'if (a) {'],
    ['if (a) { /* b */', 'typescript', 'if (a) {'],
    ['f(/* a */ b', 'typescript', 'f(/* a */ b'],
    ['a = "// no" + b', 'typescript', 'a = "// no" + b'],
    ['a = "it" // is', 'typescript', 'a = "it"'],
    ['// all of it', 'typescript', ''],
    ['def f(): # b', 'python', 'def f():'],
    ['a = b', 'python', 'a = b'],
    ["don't # b", 'python', "don't"],
  ];
  for (const [line, languageId, left] of rows) {
    it(`${languageId}: ${line}`, () => {
      assert.equal(withoutComment(line, languageOf({ languageId, path: '' })), left);
    });
  }
});

describe('closeAll', () => {
  const rows: [open: string, closers: string, left: string, surplus: number][] = [
    ['', '', '', 0],
    ['({', '}', '(', 0],
    ['({', '})', '', 0],
    ['{(', '}', '', 0],
    ['(', '}', '(', 1],
    ['', '))', '', 2],
    ['("', '")', '', 0],
  ];

  for (const [open, closers, left, surplus] of rows) {
    it(`${closers || 'nothing'} behind ${open || 'nothing'} leaves ${left || 'nothing'}, ${surplus} too many`, () => {
      const result = closeAll([...open], closers);
      assert.equal(result.open.join(''), left);
      assert.equal(result.surplus, surplus);
    });
  }
});
