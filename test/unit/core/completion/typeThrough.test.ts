import assert from 'node:assert/strict';
import { canStillMatch, typeThrough } from '../../../../src/core/completion/typeThrough.ts';

describe('typeThrough', () => {
  const rows: [title: string, suggestion: string, typed: string, remainder: string | undefined][] = [
    ['nothing typed', 'foo(a)', '', 'foo(a)'],
    ['the beginning typed', 'foo(a)', 'fo', 'o(a)'],
    ['all typed', 'foo(a)', 'foo(a)', ''],
    ['more than all typed', 'foo', 'foo;', undefined],
    ['something else typed', 'foo(a)', 'fa', undefined],
    ['another case typed', 'foo', 'F', undefined],
    ['white space inside a line', 'a  b', 'a b', undefined],
    ['white space at the start of the first line', '  a', 'a', undefined],
    ['Enter alone', '{\n    b\n}', '{\n', '    b\n}'],
    ['Enter with the same indentation', '{\n    b\n}', '{\n    ', 'b\n}'],
    ['Enter with less indentation', '{\n    b\n}', '{\n  ', '  b\n}'],
    ['Enter with more indentation', '{\n    b\n}', '{\n        ', 'b\n}'],
    ['Enter with a tab for spaces', '{\n    b\n}', '{\n\t', 'b\n}'],
    ['Enter with spaces for a tab', '{\n\tb\n}', '{\n    ', 'b\n}'],
    ['less indentation and then text', '{\n    bc\n}', '{\n b', 'c\n}'],
    ['more indentation and then text', '{\n  bc\n}', '{\n      b', 'c\n}'],
    ['indentation on an empty line', 'a\n\n  b', 'a\n  ', '\n  b'],
    ['an indented empty line typed through', 'a\n\n  b', 'a\n  \n  b', ''],
    ['a closing bracket the editor moved back', 'a;\n  }\n', 'a;\n}', '\n'],
    ['no line where there is one', 'a\nb', 'ab', undefined],
    ['a line where there is none', 'ab', 'a\nb', undefined],
  ];

  for (const [title, suggestion, typed, remainder] of rows) {
    it(`${title}: ${JSON.stringify(suggestion)} after ${JSON.stringify(typed)}`, () => {
      assert.equal(typeThrough(suggestion, typed), remainder);
    });
  }

  it('does not grow with the square of what was typed', () => {
    const lines = '\n        word'.repeat(4_000);
    assert.equal(typeThrough(`${lines}!`, lines.replaceAll('        ', '\t')), '!');
  });
});

describe('canStillMatch', () => {
  const rows: [soFar: string, typed: string, expected: boolean][] = [
    ['', '', true],
    ['', 'foo', true],
    ['fo', 'foo', true],
    ['foo', 'fo', true],
    ['fa', 'fo', false],
    ['{', '{\n    ', true],
    ['{\n  ', '{\n    b', true],
    ['{\n\t', '{\n    b', true],
    ['{\n    c', '{\n  b', false],
  ];

  for (const [soFar, typed, expected] of rows) {
    it(`${JSON.stringify(soFar)} written, ${JSON.stringify(typed)} typed: ${expected}`, () => {
      assert.equal(canStillMatch(soFar, typed), expected);
    });
  }
});
