import assert from 'node:assert/strict';
import { restOfLineWritten } from '../../../../../src/core/completion/shaping/restOfLineWritten.ts';
import { applied } from './applied.ts';

describe('rest of the line', () => {
  const rows: [title: string, picture: string, text: string, left: string][] = [
    ['words that stand after the cursor', 'f(|, b)', 'a, b)', 'a'],
    ['with a space before them', 'f(|b)', 'a, b)', 'a, '],
    ['with trailing white space', 'f(|, b)', 'a, b) ', 'a'],
    ['all of it', '  |return a;', 'return a;', ''],
    ['as far as it was written', 'f(|message);', 'error, message', 'error, '],
    ['only at its end', 'f(|b)', 'b) + c', 'b) + c'],
    ['not a part of a word', 'f(|message);', 'errormessage', 'errormessage'],
    ['not a letter that is alike', 'f(|b, c)', 'a + b', 'a + b'],
    ['closers are for the placement', 'f(|)', 'a)', 'a)'],
    ['nothing after the cursor', 'f(|', 'a)', 'a)'],
  ];

  for (const [title, picture, text, left] of rows) {
    it(`${title}: ${JSON.stringify(picture)} + ${JSON.stringify(text)}`, () => {
      assert.equal(applied(restOfLineWritten, picture, text).text, left);
    });
  }
});
