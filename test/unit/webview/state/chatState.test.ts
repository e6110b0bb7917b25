import assert from 'node:assert/strict';
import type { Entry, ToPage } from '../../../../src/webview/messages.ts';
import {
  type ChatState,
  EMPTY_STATE,
  isMessage,
  isStreaming,
  next,
  type ShownMessage,
} from '../../../../src/webview/state/chatState.ts';
import { Store } from '../../../../src/webview/state/store.ts';
import { answer, question, stateOf } from '../../../support/chat/sampleTalk.ts';

describe('the state of the chat page', () => {
  it('grows by deltas, and keeps the blocks that are finished', () => {
    const first = after(state(1, [question('q', 'why'), answer('a', 'One.\n\nTwo', 'streaming')]));
    const second = after(delta(2, 'a', ', three.\n\nFour'), first);
    assert.equal(shown(second, 1).message.text, 'One.\n\nTwo, three.\n\nFour');
    assert.equal(shown(second, 1).blocks.finished[0], shown(first, 1).blocks.finished[0]);
    assert.equal(second.entries[0], first.entries[0]);
    assert.ok(isStreaming(second));
  });

  it('ends an answer without splitting it again', () => {
    const streaming = after(state(1, [answer('a', 'One.\n\nTwo', 'streaming')]));
    const ended = after({ type: 'entry', seq: 2, entry: answer('a', 'One.\n\nTwo.', 'complete') }, streaming);
    assert.equal(shown(ended, 0).blocks.finished[0], shown(streaming, 0).blocks.finished[0]);
    assert.deepEqual(texts(ended), ['One.\n\n', 'Two.']);
    assert.ok(!isStreaming(ended));
  });

  it('splits an answer that begins anew', () => {
    const before = after(state(1, [answer('a', 'One.\n\nTwo')]));
    const again = after({ type: 'entry', seq: 2, entry: answer('a', '', 'streaming') }, before);
    assert.deepEqual(texts(after(delta(3, 'a', 'Other\n\n'), again)), []);
    assert.deepEqual(texts(after(delta(4, 'a', 'text'), after(delta(3, 'a', 'Other\n\n'), again))), [
      'Other\n\n',
    ]);
  });

  it('goes on with an answer that had ended', () => {
    const before = after(state(1, [answer('a', '```js\na', 'partial')]));
    const resumed = after({ type: 'entry', seq: 2, entry: answer('a', '```js\na', 'streaming') }, before);
    const ended = after(
      { type: 'entry', seq: 4, entry: answer('a', '```js\nab\n```') },
      after(delta(3, 'a', 'b'), resumed),
    );
    assert.deepEqual(texts(ended), ['ab\n']);
  });

  it('keeps what is on the page through a replay', () => {
    const before = after(state(1, [answer('a', 'One.\n\nTwo')]));
    const replayed = after(state(9, [answer('a', 'One.\n\nTwo'), answer('b', 'Three')]), before);
    assert.equal(shown(replayed, 0).blocks, shown(before, 0).blocks);
    assert.equal(replayed.seq, 9);
  });

  const lost: [name: string, message: ToPage][] = [
    ['a number is missing', delta(3, 'a', 'x')],
    ['a number comes twice', delta(1, 'a', 'x')],
    ['a message nobody knows grows', delta(2, 'b', 'x')],
    ['one that is not the last grows', delta(2, 'q', 'x')],
  ];
  for (const [name, message] of lost) {
    it(`cannot go on where ${name}`, () => {
      const before = after(state(1, [question('q', ''), answer('a', '', 'streaming')]));
      assert.equal(next(before, message), undefined);
    });
  }

  it('is asked for once after a loss, and goes on from the replay', () => {
    let asked = 0;
    const store = new Store(() => asked++);
    store.take(delta(1, 'a', 'too early'));
    assert.equal(asked, 0);
    store.take(state(4, [answer('a', 'x', 'streaming')]));
    for (const seq of [6, 7, 8]) store.take(delta(seq, 'a', 'lost'));
    assert.equal(asked, 1);
    store.take(state(9, [answer('a', 'xyz', 'streaming')]));
    store.take(delta(10, 'a', '!'));
    assert.equal(shown(store.state, 0).message.text, 'xyz!');
  });
});

function state(seq: number, entries: Entry[]): ToPage {
  return { ...stateOf(entries), seq };
}

function delta(seq: number, message: string, text: string): ToPage {
  return { type: 'delta', seq, message, text };
}

function after(message: ToPage, before: ChatState = EMPTY_STATE): ChatState {
  const result = next(before, message);
  assert.ok(result);
  return result;
}

function shown(state: ChatState, index: number): ShownMessage {
  const entry = state.entries[index];
  assert.ok(entry && isMessage(entry));
  return entry;
}

function texts(state: ChatState): string[] {
  return shown(state, 0).blocks.finished.map((block) => block.text);
}
