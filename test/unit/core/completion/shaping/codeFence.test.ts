import assert from 'node:assert/strict';
import { codeFence } from '../../../../../src/core/completion/shaping/codeFence.ts';
import { applied } from './applied.ts';

describe('code fence', () => {
  const rows: [title: string, picture: string, text: string, left: string][] = [
    ['around the code', '|', '```ts\na;\nb;\n```', 'a;\nb;'],
    ['with talk behind it', '|', '```\na;\n```\nThis sets a.', 'a;'],
    ['that is not closed', '|', '```c++\na;\nb;', 'a;\nb;'],
    ['of tildes', '|', '~~~\na;\n~~~', 'a;'],
    ['behind blank lines', '|', '\n\n```\na;\n```', 'a;'],
    ['that closes only', 'f {\n  |', 'a;\n```\nThis sets a.', 'a;'],
    ['at the end of a line, where it closes nothing', '|', '```\na; // ```', 'a; // ```'],
    ['with its own margin', 'f {\n  |', '```\nif (a) {\n  b;\n}\n```', 'if (a) {\n    b;\n  }'],
    ['a template literal', 'a = |', '`b`;', '`b`;'],
    ['an empty one', '|', '```\n```', ''],
  ];

  for (const [title, picture, text, left] of rows) {
    it(`${title}: ${JSON.stringify(text)}`, () => {
      assert.equal(applied(codeFence, picture, text).text, left);
    });
  }

  it('is part of the text in prose', () => {
    const text = '```ts\na;\n```\nb';
    assert.equal(applied(codeFence, '|', text, {}, { path: 'a.md', languageId: 'markdown' }).text, text);
  });

  it('waits until it is known to be one, and ends with it', () => {
    const soFar = (text: string) => applied(codeFence, '|', text, { complete: false });
    assert.deepEqual(soFar('``'), { text: '', final: false });
    assert.deepEqual(soFar('```ty'), { text: '', final: false });
    assert.deepEqual(soFar('```ts\na;\n```'), { text: 'a;\n```', final: false });
    assert.deepEqual(soFar('```ts\na;\n```\n'), { text: 'a;', final: true });
    assert.equal(soFar('`a').text, '`a');
  });
});
