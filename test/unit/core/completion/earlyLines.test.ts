import assert from 'node:assert/strict';
import { EarlyLines } from '../../../../src/core/completion/earlyLines.ts';
import { shape } from '../../../../src/core/completion/shaping/shape.ts';
import { Suggestion } from '../../../../src/core/completion/suggestion.ts';
import { viewOfPicture } from '../../../support/viewOfText.ts';

const OPTIONS = { multiline: 'auto' } as const;
const SURE = (): boolean => true;

describe('EarlyLines', () => {
  it('has nothing before it is due, nor before a line is whole', () => {
    const view = viewOfPicture('f {\n  |\n}');
    const early = new EarlyLines(view, OPTIONS, SURE);
    early.take('one();\n  tw');
    assert.equal(early.at(view), undefined);
    early.due();
    assert.equal(early.at(view)?.text, 'one();');
    const other = new EarlyLines(view, OPTIONS, SURE);
    other.due();
    other.take('one();');
    assert.equal(other.at(view), undefined);
  });

  it('has nothing that the model is not sure of', () => {
    const view = viewOfPicture('f {\n  |\n}');
    const early = new EarlyLines(view, OPTIONS, (text) => text !== 'one();');
    early.due();
    early.take('one();\n');
    assert.equal(early.at(view), undefined);
  });

  it('resolves for each call as soon as there is something for its place', async () => {
    const view = viewOfPicture('f {\n  |\n}');
    const early = new EarlyLines(view, OPTIONS, SURE);
    const later = early.next(viewOfPicture('f {\n  one();|\n}'));
    const first = early.next(view);
    early.due();
    early.take('one();\n');
    assert.equal((await first).text, 'one();');
    early.take('one();\n  two();\n');
    assert.equal((await later).text, 'one();\n  two();');
  });

  it('takes back nothing it has given out', () => {
    const view = viewOfPicture('f {\n  |\n}');
    const early = new EarlyLines(view, OPTIONS, SURE);
    early.due();
    early.take('one();\n');
    assert.equal(early.at(view)?.text, 'one();');
    assert.equal(early.atEnd(new Suggestion(view, 'other();'))?.text, 'one();');
    assert.equal(early.atEnd(undefined)?.text, 'one();');
    assert.equal(early.atEnd(new Suggestion(view, 'one();\n  two();'))?.text, 'one();\n  two();');
  });

  it('ends with the whole text where nothing was given out', () => {
    const view = viewOfPicture('f {\n  |\n}');
    const early = new EarlyLines(view, OPTIONS, SURE);
    early.take('one();\n');
    assert.equal(early.atEnd(undefined), undefined);
    assert.equal(early.atEnd(new Suggestion(view, 'other();'))?.text, 'other();');
  });

  // At every line end what is whole must be the beginning of what is shown in the end.
  const texts: [title: string, picture: string, written: string][] = [
    [
      'a block to fill',
      'function f() {\n  |\n}\n',
      'const a = [1];\n  if (a) {\n    b();\n  }\n  return a;\n}\n',
    ],
    ['a block it opens', '  if (a)|\n', ' {\n    b();\n  } else {\n    c();\n  }\n  d();\n'],
    [
      'a Python function',
      'def f(a):|\n',
      '\n    """Doc."""\n    b = [\n        a,\n    ]\n    return b\n\n\nclass C:\n',
    ],
    ['a fence', 'f {\n  |\n}', '```ts\n  one();\n  two();\n```\n'],
    ['a call over several lines', 'const a = f(|\n', '\n  one,\n  two,\n);\nb();\n'],
    ['lines that stand below', 'f {\n  |\n  two();\n}', 'one();\n  two();\n}\n'],
    ['a head and its brace below', 'void f()|\n', '\n{\n  one();\n}\n'],
  ];

  for (const [title, picture, written] of texts) {
    it(`is the beginning of the end: ${title}`, () => {
      const view = viewOfPicture(picture);
      const whole = shape({ view, written, complete: true, options: OPTIONS });
      assert.ok(whole.kind === 'edit');
      let longest = 0;
      for (let at = written.indexOf('\n'); at >= 0; at = written.indexOf('\n', at + 1)) {
        const early = new EarlyLines(view, OPTIONS, SURE);
        early.due();
        early.take(written.slice(0, at + 1));
        const lines = early.at(view)?.text ?? '';
        assert.ok(whole.text.startsWith(lines), `${JSON.stringify(lines)} of ${JSON.stringify(whole.text)}`);
        longest = Math.max(longest, lines.length);
      }
      assert.ok(longest > 0);
    });
  }
});
