import assert from 'node:assert/strict';
import { ChatHistory } from '../../../../src/core/chat/chatHistory.ts';
import { withTurns } from '../../../../src/core/chat/conversation.ts';
import { MemoryConversations } from '../../../support/chat/memoryConversations.ts';
import { asked, talk } from '../../../support/chat/turns.ts';

describe('the conversations of a workspace', () => {
  let store: MemoryConversations;
  let now: number;
  let history: ChatHistory;
  const ids = (): string => history.all.map(({ id }) => id).join(' ');
  beforeEach(() => {
    store = new MemoryConversations();
    now = 10;
    history = new ChatHistory(store, () => now, true);
  });

  it('are read with the most recent first, which is shown', async () => {
    for (const [id, changedMs] of [
      ['old', 1],
      ['new', 3],
      ['middle', 2],
    ] as const) {
      store.changed({ ...talk(asked('q', id)), id, changedMs });
    }
    store.problem = 'One was damaged.';
    assert.equal(await history.load(), 'One was damaged.');
    assert.equal(await history.load(), '');
    assert.equal(ids(), 'new middle old');
    assert.equal(history.shown?.id, 'new');
  });

  it('are kept when they change, and move to the front', () => {
    history.begin('one');
    history.begin('two');
    assert.equal(store.kept.size, 0, 'An empty one is not kept.');
    now = 20;
    history.update('one', (each) => withTurns(each, asked('q', 'Why?')));
    assert.equal(ids(), 'one two');
    assert.equal(store.kept.get('one')?.changedMs, 20);
    assert.equal(history.shown?.id, 'two');
  });

  it('are gone once they are deleted, whoever still writes to them', () => {
    history.begin('one');
    history.delete('one');
    history.update('one', (each) => withTurns(each, asked('q', 'Why?')));
    assert.equal(ids(), '');
    assert.equal(store.kept.size, 0);
    assert.equal(history.shown, undefined);
  });

  it('show none but those there are', () => {
    history.begin('one');
    history.show('other');
    assert.equal(history.shown?.id, 'one');
    history.show('');
    assert.equal(history.shown, undefined);
  });

  it('are at most two hundred', () => {
    for (let at = 0; at < 205; at++) history.begin(`c${at}`);
    assert.equal(history.all.length, 200);
    assert.equal(history.find('c4'), undefined);
    assert.equal(history.shown?.id, 'c204');
  });
});
