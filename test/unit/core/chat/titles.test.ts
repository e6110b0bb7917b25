import assert from 'node:assert/strict';
import { exportMarkdown } from '../../../../src/core/chat/exportMarkdown.ts';
import { titleOf } from '../../../../src/core/chat/titleOf.ts';
import { whenInWords } from '../../../../src/core/chat/whenInWords.ts';
import { answered, asked, attachment, talk } from '../../../support/chat/turns.ts';

describe('the title of a conversation', () => {
  const attached = [attachment('src/pack.ts', 'a\nb\nc', 1)];
  const rows: [question: string, title: string][] = [
    ['Why does it wait?', 'Why does it wait?'],
    ['# Why\n\n`wait`  so long', 'Why wait so long'],
    ['/explain', 'Explain: pack.ts:2–3'],
    ['/fix the loop', 'Fix: the loop'],
    ['', 'pack.ts:2–3'],
    [
      'What would have to change so that the engine is asked only once for each key?',
      'What would have to change so that the engine is asked only…',
    ],
    ['x'.repeat(100), `${'x'.repeat(60)}…`],
  ];
  for (const [question, title] of rows) {
    it(`of ${JSON.stringify(question.slice(0, 30))}`, () => {
      assert.equal(titleOf(talk(asked('q', question, { attached }))), title);
    });
  }

  it('of nothing is a new one’s', () => {
    assert.equal(titleOf(talk()), 'New conversation');
  });
});

describe('when a conversation was written to', () => {
  const now = new Date(2026, 10, 24, 12, 30).getTime();
  const rows: [then: Date, words: string][] = [
    [new Date(2026, 10, 24, 12, 29, 30), 'just now'],
    [new Date(2026, 10, 24, 12, 31), 'just now'],
    [new Date(2026, 10, 24, 12, 29), '1 minute ago'],
    [new Date(2026, 10, 24, 11, 31), '59 minutes ago'],
    [new Date(2026, 10, 24, 10, 0), '2 hours ago'],
    [new Date(2026, 10, 23, 23, 59), 'yesterday'],
    [new Date(2026, 10, 20, 1, 0), '4 days ago'],
    [new Date(2026, 8, 5, 1, 0), '2026-09-05'],
  ];
  for (const [then, words] of rows) {
    it(words, () => assert.equal(whenInWords(then.getTime(), now), words));
  }
});

describe('a conversation as a document', () => {
  it('has questions with what was attached, and answers with how they ended', () => {
    const conversation = talk(
      asked('q', 'Why?', { attached: [attachment('a.ts', 'x\ny;', 1)], notes: ['Two turns were folded.'] }),
      answered('a', 'Because.\n', { status: 'stopped' }),
    );
    assert.equal(
      exportMarkdown(conversation),
      [
        '# Why?',
        '## Question',
        'Why?',
        'a.ts, line 2:\n\n```ts\ny;\n```',
        '_Two turns were folded._',
        '## Answer',
        'Because.',
        '_Stopped._\n',
      ].join('\n\n'),
    );
  });
});
