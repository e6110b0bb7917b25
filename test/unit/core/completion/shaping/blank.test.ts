import assert from 'node:assert/strict';
import { blank } from '../../../../../src/core/completion/shaping/blank.ts';
import { applied } from './applied.ts';

describe('blank', () => {
  const rows: [title: string, text: string, left: string][] = [
    ['a word', 'b', 'b'],
    ['one character', ';', ';'],
    ['nothing', '', ''],
    ['a blank', ' ', ''],
    ['lines of white space', ' \n\t', ''],
    ['a new line with something on it', '\n  b', '\n  b'],
  ];

  for (const [title, text, left] of rows) {
    it(`${title}: ${JSON.stringify(text)}`, () => {
      assert.equal(applied(blank, 'a|', text).text, left);
    });
  }
});
