import assert from 'node:assert/strict';
import { chatPhrase } from '../../../../../src/core/completion/shaping/chatPhrase.ts';
import { applied } from './applied.ts';

describe('chat phrase', () => {
  // The document, what the model wrote, what is left of it.
  const rows: [title: string, picture: string, text: string, left: string][] = [
    ['code', 'a|', 'b;', 'b;'],
    ['a turn of the user', 'f {\n  |', '\nHuman: Here is some more code', ''],
    ['a turn behind the answer', 'f {\n  |', 'a;\n\nUser: Thank you very much!', 'a;\n'],
    [
      'not a property',
      'type A = {\n  |',
      'User: string;\n  System: Map<string, number>;',
      'User: string;\n  System: Map<string, number>;',
    ],
    ['what it says before a fence', '|', 'Sure! Here is the code:\n```\na;\n```', '```\na;\n```'],
    ['what it says before a blank line', 'f {\n  |', 'Here is the completed function:\n\na;', 'a;'],
    ['a polite word of its own', '|', 'Certainly!\na;', 'a;'],
    ['nothing but talk', '|', 'I am sorry, but\n', 'I am sorry, but\n'],
    ['an apology', '|', "I'm sorry, as a language model I cannot help you.", ''],
    ['not in a comment', '// |', 'Here is the code:\n\na;', 'Here is the code:\n\na;'],
    ['not in a string', 'f("|', 'Sure! Here is the code:\n\na', 'Sure! Here is the code:\n\na'],
    ['not a name that begins alike', 'a = |', 'Surely(b);\n', 'Surely(b);\n'],
    ['not a line of code with a colon', 'switch (a) {\n|', 'case theCode:\n\n', 'case theCode:\n\n'],
  ];

  for (const [title, picture, text, left] of rows) {
    it(`${title}: ${JSON.stringify(text)}`, () => {
      assert.equal(applied(chatPhrase, picture, text).text, left);
    });
  }

  it('leaves the sentences of prose alone', () => {
    const text = 'Sure! Here is the code:\n\nUser: Thank you very much';
    const markdown = { path: 'a.md', languageId: 'markdown' };
    assert.equal(applied(chatPhrase, '|', text, {}, markdown).text, text);
  });

  it('waits until a polite first line has ended', () => {
    assert.deepEqual(applied(chatPhrase, '|', 'Sure, here', { complete: false }), { text: '', final: false });
    assert.equal(applied(chatPhrase, '|', 'Surely(b', { complete: false }).text, 'Surely(b');
  });
});
