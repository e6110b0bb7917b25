import assert from 'node:assert/strict';
import { drawn } from '../../../../src/engine/chat/drawn.ts';

const DRAWS = 2_000;

function counts(probabilities: readonly number[], seed = 1): number[] {
  const choose = drawn(seed);
  const found = probabilities.map(() => 0);
  for (let draw = 0; draw < DRAWS; draw++) {
    const { token } = choose(probabilities.map((probability, index) => ({ token: index, probability })))!;
    found[token]!++;
  }
  return found;
}

describe('a token drawn by chance', () => {
  it('is a likelier one more often, by more than its probability says', () => {
    const [first = 0, second = 0, third = 0] = counts([0.5, 0.3, 0.2]);
    // 0.5, 0.3 and 0.2 to the power of 1 / 0.7, as shares of their sum.
    assert.ok(Math.abs(first / DRAWS - 0.571) < 0.04, `${first}`);
    assert.ok(Math.abs(second / DRAWS - 0.275) < 0.04, `${second}`);
    assert.ok(Math.abs(third / DRAWS - 0.154) < 0.04, `${third}`);
  });

  it('is never one that is twenty times less likely than the likeliest', () => {
    assert.equal(counts([0.9, 0.044, 0.046])[1], 0);
    assert.ok(counts([0.9, 0.044, 0.046])[2]! > 0);
  });

  it('is the same for the same seed, and another for another', () => {
    const tokens = (seed: number): number[] => {
      const choose = drawn(seed);
      return Array.from({ length: 50 }, () => {
        return choose([0, 1, 2, 3].map((token) => ({ token, probability: 0.25 })))!.token;
      });
    };
    assert.deepEqual(tokens(1), tokens(1));
    assert.notDeepEqual(tokens(1), tokens(2));
  });

  it('is the only one there is, and none where there is none', () => {
    assert.deepEqual(drawn(1)([{ token: 7, probability: 0 }]), { token: 7, probability: 0 });
    assert.equal(drawn(1)([]), undefined);
  });
});
