import assert from 'node:assert/strict';
import { formatConversation, parseConversation } from '../../../../src/core/chat/conversationFile.ts';
import { answered, asked, attachment, talk } from '../../../support/chat/turns.ts';

const TALK = talk(
  asked('q', 'Why?', {
    attached: [attachment('a.ts', 'x\ny', 1)],
    found: [{ path: 'b.ts', firstLine: 2, text: 'b' }],
    seesFrom: 'q',
    notes: ['Folded.'],
  }),
  answered('a', 'Because.', { status: 'stopped' }),
);

describe('the file of a conversation', () => {
  it('is read as it was written', () => {
    assert.deepEqual(parseConversation(formatConversation(TALK)), TALK);
  });

  it('is read where it was written before answers had variants', () => {
    const old = formatConversation(TALK).replaceAll(/,"variant":\d+/g, '');
    assert.ok(!old.includes('variant'));
    assert.deepEqual(parseConversation(old), TALK);
  });

  const damaged: [what: string, text: string][] = [
    ['nothing', ''],
    ['half of it', formatConversation(TALK).slice(0, -20)],
    ['another version', formatConversation(TALK).replace('"version":1', '"version":2')],
    ['an id that is a path', formatConversation(TALK).replace('"id":"talk"', '"id":"../../talk"')],
    ['another role', formatConversation(TALK).replace('"user"', '"system"')],
    ['a line before the first', formatConversation(TALK).replace('"firstLine":1', '"firstLine":-1')],
    ['null', 'null'],
  ];
  for (const [what, text] of damaged) {
    it(`with ${what} is none`, () => assert.equal(parseConversation(text), undefined));
  }
});
