import assert from 'node:assert/strict';
import { shape } from '../../../../../src/core/completion/shaping/shape.ts';
import type { View } from '../../../../../src/core/completion/view.ts';
import { viewOfPicture } from '../../../../support/viewOfText.ts';

describe('shape', () => {
  it('is an empty text where there is nothing to suggest', () => {
    assert.deepEqual(shape('', viewOfPicture('a|'), true), { text: '', final: true });
  });

  it('takes CRLF as LF', () => {
    assert.equal(shape('\r\n  a\r\n}\r\nb', viewOfPicture('f {|'), true).text, '\n  a\n}');
  });

  it('leaves no trailing line ends', () => {
    assert.equal(shape('\n  a\n\n', viewOfPicture('f {|'), true).text, '\n  a');
  });

  it('cuts a closer that stands below the block', () => {
    assert.equal(shape('a;\n}\nb', viewOfPicture('f {\n  |\n}'), true).text, 'a;');
  });

  it('drops what VS Code would not show', () => {
    assert.equal(shape('x'.repeat(5_000), viewOfPicture('a|'), true).text.length, 5_000);
    assert.equal(shape('x'.repeat(5_001), viewOfPicture('a|'), true).text, '');
  });

  const pictures = [
    'const a = |',
    'const a = |\nconst b = 2;\n',
    'f(|)',
    'f(|, b)',
    'if (a) {|',
    'if (a) {|}',
    'if (a) {\n  |\n}',
    'if (a) {\n  |\n  return a;\n}',
    'if (a) {\n  |\n} else {\n',
    'def f():|',
    'def f():\n    |\n\ndef g():',
    '    |',
    '|',
  ];
  const outputs = [
    '1;\nconst b = 2;\n',
    'a, b);\nf(c);\n',
    'a, b)',
    '\n\n  a;\n',
    '\n  a;\n\n  b;\n}\nc;\n',
    '\n  a;\n\n\n  b;\n}\n',
    'return a;\n}\n',
    'a();\n  return a;\n}\n',
    'a();\n  return a + 1;\n}\n',
    'a();\n} else {\n  b();\n}\n',
    'a();\n});\n',
    '    return a\n\ndef g():\n    pass\n',
    'if (a) {\r\n    b;\r\n  }\r\n  c;\r\n',
    'x\nend\n',
    'then\n  x\nending\nend\n',
    '  \t \n  x',
    `${'\n  line;'.repeat(14)}\n}`,
  ];

  it('never changes once it is final, whatever the model writes next', () => {
    let finals = 0;
    for (const picture of pictures) {
      for (const output of outputs) finals += assertStable(output, viewOfPicture(picture));
    }
    assert.ok(finals > 50, `Only ${finals} outputs became final before their end.`);
  });
});

/** @returns whether the text became final before its end. */
function assertStable(output: string, view: View): number {
  let final: string | undefined;
  for (let length = 0; length < output.length; length++) {
    const soFar = shape(output.slice(0, length), view, false);
    if (final === undefined && soFar.final) final = soFar.text;
    if (final === undefined) continue;
    const where = JSON.stringify([view.prefix, view.suffix, output.slice(0, length)]);
    assert.deepEqual(soFar, { text: final, final: true }, `while streaming ${where}`);
    assert.equal(shape(output.slice(0, length), view, true).text, final, `ended at ${where}`);
  }
  if (final === undefined) return 0;
  assert.equal(shape(output, view, true).text, final);
  return 1;
}
