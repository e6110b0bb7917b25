import assert from 'node:assert/strict';
import { FILTERS, type Shaped, shape } from '../../../../../src/core/completion/shaping/shape.ts';
import type { View } from '../../../../../src/core/completion/view.ts';
import { firstLine, settledText } from '../../../../../src/core/completion/shaping/settledText.ts';
import { languageOf } from '../../../../../src/core/languages/languageOf.ts';
import { viewOfPicture } from '../../../../support/viewOfText.ts';

describe('shape', () => {
  const rows: [title: string, picture: string, written: string, text: string][] = [
    ['takes CRLF as LF', 'f {|', '\r\n  a\r\n}\r\nb', '\n  a\n}'],
    ['leaves no trailing line ends', 'f {|', '\n  a\n\n', '\n  a'],
    ['cuts a closer that stands below the block', 'f {\n  |\n}', 'a;\n}\nb', 'a;'],
    ['shows one character', 'f(a)|', ';', ';'],
  ];

  for (const [title, picture, written, text] of rows) {
    it(title, () => {
      assert.equal(textOf(shaped(written, viewOfPicture(picture), true)), text);
    });
  }

  const dropped: [picture: string, written: string, filter: string][] = [
    ['a|', '', 'blank'],
    ['f(|)', ')', 'already there'],
    ['a;\n|', '// Path: b.ts', 'foreign text'],
    ['a;\n  |', '\nHuman: Here is some more of it', 'chat phrase'],
    ['if (a) {|', '\n\n\nb', 'how much'],
    ['f(|a, b)', 'a, b)', 'rest of the line'],
    ['let a = |', 'b = b = b = b = b = b = b = b', 'repetition'],
    ['  |\n  return a;', 'return a;', 'lines below'],
    ['f {\n|\n}', '}', 'brackets'],
    ['a|', Array.from({ length: 2_000 }, (_, index) => `a${index}`).join(' '), 'too long'],
  ];

  for (const [picture, written, filter] of dropped) {
    it(`says that ${filter} dropped ${JSON.stringify(written.slice(0, 40))}`, () => {
      assert.deepEqual(shaped(written, viewOfPicture(picture), true), {
        kind: 'nothing',
        filter,
        final: true,
      });
    });
  }

  it('names each filter differently', () => {
    assert.equal(new Set(FILTERS.map(({ name }) => name)).size, FILTERS.length);
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
    'a;\n}\n}\nb',
    'a)\n{\n  b;\n}\nc',
    '```ts\na;\nb;\n```\nThat is all.',
    'Sure! Here is the code:\n\n```ts\na;\n```\n',
    '\nHuman: Here is some more of it\na',
    'a;\n// Path: b.ts\nb',
    'a;<|fim_middle|>b',
    'const a = 1;\nb',
    'a a a a a a a a a a a a b\nc',
    'line;\n  line;\n  line;\n  line;\n  c',
    `${'0, '.repeat(40)}\n`,
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

  it('never changes once it is final, whatever the model writes next', function () {
    this.timeout(30_000);
    let finals = 0;
    for (const picture of pictures) {
      for (const output of outputs) finals += assertStable(output, viewOfPicture(picture));
    }
    assert.ok(finals > 50, `Only ${finals} outputs became final before their end.`);
  });

  it('keeps what is settled, wherever the model ends, or drops all', function () {
    this.timeout(30_000);
    let settled = 0;
    for (const picture of pictures) {
      for (const output of outputs) settled += assertSettled(output, viewOfPicture(picture));
    }
    assert.ok(settled > 150, `In only ${settled} outputs anything was settled before the line ended.`);
  });
});

/** @returns whether the text became final before its end. */
function assertStable(output: string, view: View): number {
  let final: Shaped | undefined;
  for (let length = 0; length < output.length; length++) {
    const soFar = shaped(output.slice(0, length), view, false);
    if (final === undefined && soFar.final) final = soFar;
    if (final === undefined) continue;
    const where = JSON.stringify([view.prefix, view.suffix, output.slice(0, length)]);
    assert.deepEqual([textOf(soFar), soFar.final], [textOf(final), true], `while streaming ${where}`);
    assert.equal(textOf(shaped(output.slice(0, length), view, true)), textOf(final), `ended at ${where}`);
  }
  if (final === undefined) return 0;
  assert.equal(textOf(shaped(output, view, true)), textOf(final));
  return 1;
}

/** @returns whether anything was settled before the first line ended. */
function assertSettled(output: string, view: View): number {
  const context = {
    view,
    language: languageOf(view),
    options: { multiline: 'auto' },
    complete: false,
  } as const;
  let settled = '';
  let early = 0;
  for (let length = 0; length <= output.length; length++) {
    const written = output.slice(0, length);
    const ended = firstLine(textOf(shaped(written, view, true)));
    const where = JSON.stringify([view.prefix, view.suffix, written, ended]);
    assert.ok(ended === '' || ended.startsWith(settled.trimEnd()), `${settled} was settled in ${where}`);
    const soFar = textOf(shaped(written, view, false));
    const now = settledText(soFar, context);
    if (now.length > settled.length) settled = now;
    if (settled !== '' && !soFar.trimStart().includes('\n')) early = 1;
  }
  return early;
}

function shaped(written: string, view: View, complete: boolean): Shaped {
  return shape({ view, written, complete, options: { multiline: 'auto' } });
}

function textOf(result: Shaped): string {
  return result.kind === 'edit' ? result.text : '';
}
