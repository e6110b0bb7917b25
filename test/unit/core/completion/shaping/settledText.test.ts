import assert from 'node:assert/strict';
import { firstLine, settledText } from '../../../../../src/core/completion/shaping/settledText.ts';
import { languageOf } from '../../../../../src/core/languages/languageOf.ts';
import { viewOfPicture } from '../../../../support/viewOfText.ts';

// That nothing settled is ever taken away is held by the tests of shape.
describe('settled text', () => {
  const rows: readonly [title: string, picture: string, shaped: string, settled: string][] = [
    ['all of a line', 'a = |', 'b + c', 'b + c'],
    ['the first line alone', '|', '  a();\n  b();', 'a();'],
    ['not as much of its end as stands behind the cursor', 'f(|a, b)', 'x, a', ''],
    ['its beginning before that', 'f(|, b)', 'xyzzy, b', 'xyzz'],
    ['closers behind the cursor are no matter', 'f(|)', 'x, y', 'x, y'],
    ['up to a bracket that may close what is closed below', 'if (a) {|\n}', ' b } else', ' b '.trimStart()],
    ['over brackets of its own', 'a = |', 'f(b)[c]', 'f(b)[c]'],
    ['up to what may become a marker', 'a = |', 'b <|im', 'b '],
    ['a marker does not go over a space', 'a = |', 'b < c', 'b < c'],
    ['nothing of what may be talk', '|', 'Here ', ''],
    ['talk that has gone on is code', '|', 'Here.we()', 'Here.we()'],
    ['talk whose line has ended is code', '|', 'Here is\na', 'Here is'],
  ];
  for (const [title, picture, shaped, settled] of rows) {
    it(`${title}: ${JSON.stringify(picture)} + ${JSON.stringify(shaped)}`, () => {
      const view = viewOfPicture(picture);
      const context = { view, language: languageOf(view), options: { multiline: 'auto' } } as const;
      assert.equal(settledText(shaped, { ...context, complete: false }), settled);
      assert.equal(settledText(shaped, { ...context, complete: true }), firstLine(shaped));
    });
  }
});
