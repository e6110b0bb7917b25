import assert from 'node:assert/strict';
import { echo } from '../../../../../src/core/completion/shaping/echo.ts';
import { applied } from './applied.ts';

describe('echo', () => {
  const rows: [title: string, picture: string, text: string, left: string][] = [
    ['the cursor’s line from its beginning', '  const a = |', 'const a = 1;', '1;'],
    ['the cursor’s line with its indentation', '  const a = |', '  const a = 1;', '1;'],
    ['not a single word', 'template|', 'template', 'template'],
    ['not a few characters', 'a = |', 'a = 1', 'a = 1'],
    ['not another line', '  const a = |', 'const b = 1;', 'const b = 1;'],
    ['the line above', '  first(a);\n  |', 'first(a);', ''],
    ['the line above and more', '  first(a);\n  |', 'first(a);\n  second(a);', ''],
    ['the line above a blank one', '  first(a);\n\n  |', 'first(a);', ''],
    ['not where lines are alike already', 'hello(a);\nhello(a);\n|', 'hello(a);', 'hello(a);'],
    ['not a short line', '  a();\n  |', 'a();', 'a();'],
    ['not brackets', '      ])));\n      |', '])))));', '])))));'],
  ];

  for (const [title, picture, text, left] of rows) {
    it(`${title}: ${JSON.stringify(picture)} + ${JSON.stringify(text)}`, () => {
      assert.equal(applied(echo, picture, text).text, left);
    });
  }

  it('waits while the text may become the line', () => {
    assert.deepEqual(applied(echo, 'const a = |', 'const', { complete: false }), { text: '', final: false });
    assert.equal(applied(echo, 'const a = |', 'const b', { complete: false }).text, 'const b');
    assert.equal(applied(echo, '  first(a);\n  |', 'first(a);', { complete: false }).text, 'first(a);');
  });
});
