import assert from 'node:assert/strict';
import type { ChatModel, ChatTurn } from '../../../../src/core/ports/chatModel.ts';
import { fitPrompt } from '../../../../src/core/refactor/fitPrompt.ts';

/** A token a character, and nothing around the turns. */
function modelOf(contextTokens: number): ChatModel {
  return {
    contextTokens,
    countTokens: async (turns) => turns.reduce((sum, { text }) => sum + text.length, 0),
    answer: () => Promise.reject(new Error('Nobody asks')),
  };
}

describe('fitPrompt', () => {
  const code = 'c'.repeat(1_000);
  const turnsWith = (aroundChars: number): ChatTurn[] => [
    { role: 'user', text: code + 'a'.repeat(2 * aroundChars) },
  ];
  const { signal } = new AbortController();

  // The code, as much again and a fifth, and 200 spare: 2,400, besides what is around.
  for (const [contextTokens, aroundChars] of [
    [14_400, 6_000],
    [14_399, 2_000],
    [6_400, 2_000],
    [3_600, 600],
    [2_400, 0],
  ] as const) {
    it(`shows ${aroundChars} characters on each side in a window of ${contextTokens}`, async () => {
      const { turns, maxTokens } = await fitPrompt(modelOf(contextTokens), turnsWith, code, signal);
      assert.deepEqual(turns, turnsWith(aroundChars));
      assert.equal(maxTokens, Math.min(contextTokens - 1_000 - 2 * aroundChars, 5_600));
    });
  }

  it('refuses code that leaves no room for an answer, with the numbers', async () => {
    await assert.rejects(fitPrompt(modelOf(2_399), turnsWith, code, signal), /1000 tokens.*2399/);
  });
});
