import assert from 'node:assert/strict';
import {
  asLeft,
  cutBefore,
  questionOf,
  withoutTurn,
  withTurns,
} from '../../../../src/core/chat/conversation.ts';
import { answered, asked, talk } from '../../../support/chat/turns.ts';

const TALK = talk(asked('q1', 'One?'), answered('a1', '1'), asked('q2', 'Two?'), answered('a2', '2'));
const ids = ({ turns }: typeof TALK): string => turns.map(({ id }) => id).join(' ');

describe('a conversation', () => {
  it('is cut before a turn', () => {
    assert.equal(ids(cutBefore(TALK, 'q2')), 'q1 a1');
    assert.equal(ids(cutBefore(TALK, 'q1')), '');
    assert.equal(cutBefore(TALK, 'other'), TALK);
  });

  it('loses a question with its answer, and an answer alone', () => {
    assert.equal(ids(withoutTurn(TALK, 'q1')), 'q2 a2');
    assert.equal(ids(withoutTurn(TALK, 'a1')), 'q1 q2 a2');
    assert.equal(ids(withoutTurn(withoutTurn(TALK, 'a1'), 'q1')), 'q2 a2');
  });

  it('replaces turns in their place and appends others', () => {
    const changed = withTurns(TALK, answered('a1', 'one'), asked('q3', 'Three?'));
    assert.equal(ids(changed), 'q1 a1 q2 a2 q3');
    assert.equal(changed.turns[1]?.text, 'one');
  });

  it('knows the question of an answer', () => {
    assert.equal(questionOf(TALK, 'a2')?.id, 'q2');
    assert.equal(questionOf(TALK, 'q2'), undefined);
    assert.equal(questionOf(talk(answered('a1', '1')), 'a1'), undefined);
  });

  it('marks an answer that was being written when the window closed', () => {
    const [, answer] = asLeft(
      talk(asked('q1', 'One?'), answered('a1', 'half', { status: 'streaming' })),
    ).turns;
    assert.ok(answer?.role === 'assistant' && answer.status === 'partial' && answer.reason !== '');
    assert.equal(answer.text, 'half');
  });
});
