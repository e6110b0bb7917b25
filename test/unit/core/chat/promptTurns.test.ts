import assert from 'node:assert/strict';
import { promptTurns } from '../../../../src/core/chat/promptTurns.ts';
import { LONGEST_INSTRUCTIONS_CHARS, systemTurn } from '../../../../src/core/chat/systemTurn.ts';
import { answered, asked } from '../../../support/chat/turns.ts';

const SYSTEM = { role: 'system', text: 'S' } as const;
const picture = (...turns: Parameters<typeof promptTurns>[1]): string =>
  promptTurns(SYSTEM, turns)
    .map(({ role, text }) => `${role}: ${text.replaceAll('\n', '⏎')}`)
    .join(' | ');

describe('the turns of a prompt', () => {
  it('are those of the conversation, behind the system’s', () => {
    assert.equal(
      picture(asked('q1', 'One?'), answered('a1', '1'), asked('q2', 'Two?')),
      'system: S | user: One? | assistant: 1 | user: Two?',
    );
  });

  it('join questions that nobody answered', () => {
    assert.equal(
      picture(asked('q1', 'One?'), answered('a1', ' ', { status: 'stopped' }), asked('q2', 'Two?')),
      'system: S | user: One?⏎⏎Two?',
    );
  });

  it('leave out an answer whose question was deleted', () => {
    assert.equal(picture(answered('a1', '1'), asked('q2', 'Two?')), 'system: S | user: Two?');
  });
});

describe('the system’s turn', () => {
  it('has the rules of the workspace, as long as they are not too long, and no secret of them', () => {
    const secret = 'ghp_' + 'a1B2c3D4e5'.repeat(4).slice(0, 36);
    assert.match(systemTurn('Use tabs.\n').text, /from its AGENTS\.md:\n\nUse tabs\.$/);
    assert.ok(!systemTurn(`Log in with ${secret}`).text.includes(secret));
    assert.ok(!systemTurn(' \n').text.includes('AGENTS.md'));
    const bare = systemTurn('').text.length;
    assert.ok(systemTurn('x'.repeat(100_000)).text.length < bare + LONGEST_INSTRUCTIONS_CHARS + 100);
  });
});
