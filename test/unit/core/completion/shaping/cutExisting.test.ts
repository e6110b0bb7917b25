import assert from 'node:assert/strict';
import { cutExisting } from '../../../../../src/core/completion/shaping/cutExisting.ts';
import { viewOfPicture } from '../../../../support/viewOfText.ts';

describe('cut existing', () => {
  const rows: [title: string, picture: string, text: string, left: string][] = [
    ['words that stand after the cursor', 'f(|, b)', 'a, b)', 'a'],
    ['only at its end', 'f(|b)', 'b) + c', 'b) + c'],
    ['closers are for the placement', 'f(|)', 'a)', 'a)'],
    ['the line below', 'f {\n  |\n  return a;\n}', 'g();\n  return a;', 'g();'],
    ['the line below, and what follows it', 'f {\n  |\n  return a;\n}', 'g();\n  return a;\n}', 'g();'],
    ['blank lines in between', 'f {\n  |\n\n  return a;\n}', 'g();\n  return a;', 'g();'],
    ['trailing white space', 'f {\n  |\n  return a;  \n}', 'g();\n  return a; ', 'g();'],
    ['not with other indentation', 'f {\n  |\nreturn a;', 'g {\n    return a;', 'g {\n    return a;'],
    ['not a line further down', 'f {\n  |\n  b();\n  return a;\n}', 'g();\n  return a;', 'g();\n  return a;'],
    ['a closer that stands below', 'f {\n  |\n}', 'g();\n}', 'g();'],
    ['a closer that stands below, with a line end', 'f {\n  |\n}', 'g();\n}\n', 'g();'],
    ['not a closer in between', 'f {\n  |\n  }', 'if (a) {\n  }\n  b', 'if (a) {\n  }\n  b'],
    ['never the first line', '  |\nreturn a;', 'return a;', 'return a;'],
    ['nothing below', 'f {\n  |', 'g();\n}', 'g();\n}'],
  ];

  for (const [title, picture, text, left] of rows) {
    it(`${title}: ${JSON.stringify(picture)} + ${JSON.stringify(text)}`, () => {
      assert.equal(cutExisting.apply(text, { view: viewOfPicture(picture), complete: true }).text, left);
    });
  }

  it('waits until a line has ended that may be the one below', () => {
    const view = viewOfPicture('f {\n  |\n  return a;\n}');
    const soFar = cutExisting.apply('g();\n  return a;', { view, complete: false });
    assert.deepEqual(soFar, { text: 'g();\n  return a;', final: false });
    const ended = cutExisting.apply('g();\n  return a;\n', { view, complete: false });
    assert.deepEqual(ended, { text: 'g();', final: true });
  });
});
