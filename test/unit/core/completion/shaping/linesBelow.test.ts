import assert from 'node:assert/strict';
import { linesBelow } from '../../../../../src/core/completion/shaping/linesBelow.ts';
import { applied } from './applied.ts';

describe('lines below', () => {
  const rows: [title: string, picture: string, text: string, left: string][] = [
    ['the line below', 'f {\n  |\n  return a;\n}', 'g();\n  return a;', 'g();'],
    ['the line below, and what follows it', 'f {\n  |\n  return a;\n}', 'g();\n  return a;\n}', 'g();'],
    ['blank lines in between', 'f {\n  |\n\n  return a;\n}', 'g();\n  return a;', 'g();'],
    ['trailing white space', 'f {\n  |\n  return a;  \n}', 'g();\n  return a; ', 'g();'],
    ['not with other indentation', 'f {\n  |\nreturn a;', 'g {\n    return a;', 'g {\n    return a;'],
    ['not a line further down', 'f {\n  |\n  b();\n  return a;\n}', 'g();\n  return a;', 'g();\n  return a;'],
    ['a closer that stands below', 'f {\n  |\n}', 'g();\n}', 'g();'],
    ['a closer that stands below, with a line end', 'f {\n  |\n}', 'g();\n}\n', 'g();'],
    ['not a closer in between', 'f {\n  |\n  }', 'if (a) {\n  }\n  b', 'if (a) {\n  }\n  b'],
    ['the first line', 'f(\n|\n  a,\n)', '  a,\n  b', ''],
    ['the first line, of which a part is typed', 'f(\n  a|\n  a,\n)', ',', ','],
    ['a whole line behind another', 'line1|\nline2', 'line2', ''],
    ['not the first line with other indentation', '  |\nreturn a;', 'return a;', 'return a;'],
    ['not a closer alone, which may be needed', 'f {\n  |\n  }', '}', '}'],
    ['nothing below', 'f {\n  |', 'g();\n}', 'g();\n}'],
  ];

  for (const [title, picture, text, left] of rows) {
    it(`${title}: ${JSON.stringify(picture)} + ${JSON.stringify(text)}`, () => {
      assert.equal(applied(linesBelow, picture, text).text, left);
    });
  }

  it('waits until a line has ended that may be the one below', () => {
    const picture = 'f {\n  |\n  return a;\n}';
    const soFar = applied(linesBelow, picture, 'g();\n  return a;', { complete: false });
    assert.deepEqual(soFar, { text: 'g();\n  return a;', final: false });
    const ended = applied(linesBelow, picture, 'g();\n  return a;\n', { complete: false });
    assert.deepEqual(ended, { text: 'g();', final: true });
  });
});
