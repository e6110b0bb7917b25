import assert from 'node:assert/strict';
import { trailingSpace } from '../../../../../src/core/completion/shaping/trailingSpace.ts';
import { applied } from './applied.ts';

describe('trailing space', () => {
  const rows: [title: string, picture: string, text: string, left: string, languageId?: string][] = [
    ['at the end of a line', 'a|', 'b; ', 'b;'],
    ['line ends', 'a|', 'b;\n\n  ', 'b;'],
    ['before a word', 'f(|b)', 'a, ', 'a, '],
    ['before a space', 'f(| b)', 'a, ', 'a,'],
    ['between words of prose', 'One |', 'two ', 'two ', 'markdown'],
    ['behind a sentence', 'One |', 'two. ', 'two.', 'markdown'],
    ['behind a word of code', 'a |', 'b ', 'b'],
  ];

  for (const [title, picture, text, left, languageId = 'typescript'] of rows) {
    it(`${title}: ${JSON.stringify(picture)} + ${JSON.stringify(text)}`, () => {
      assert.equal(applied(trailingSpace, picture, text, {}, { path: 'test', languageId }).text, left);
    });
  }
});
