import assert from 'node:assert/strict';
import { afterAccept } from '../../../../src/core/completion/afterAccept.ts';
import { viewOfPicture } from '../../../support/viewOfText.ts';

describe('afterAccept', () => {
  const rows: [before: string, text: string, replaceChars: number, after: string][] = [
    ['foo|', '.bar()', 0, 'foo.bar()|'],
    ['foo(|);', 'a, b)', 1, 'foo(a, b)|;'],
    ['if (a) {|', '\n  b();\n}', 0, 'if (a) {\n  b();\n}|'],
  ];
  for (const [before, text, replaceChars, after] of rows) {
    it(`${JSON.stringify(before)} becomes ${JSON.stringify(after)}`, () => {
      assert.deepEqual(afterAccept(viewOfPicture(before), { text, replaceChars }), viewOfPicture(after));
    });
  }
});
