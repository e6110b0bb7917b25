import assert from 'node:assert/strict';
import { Screen } from '../../bench/typing/screen.ts';
import { charactersSaved } from '../../bench/typing/typing.ts';

describe('the screen of the typing bench', () => {
  it('shifts what matches a key, and drops what does not, without a flicker', () => {
    const screen = new Screen();
    screen.answered('abc');
    screen.typed('a');
    assert.equal(screen.ghost, 'bc');
    screen.typed('x');
    assert.deepEqual([screen.ghost, screen.flickers], ['', 0]);
  });

  // What is shown, what is answered, how often that flickers.
  const rows: [shown: string, answer: string | undefined, flickers: number][] = [
    ['', 'abc', 0],
    ['abc', 'abc', 0],
    ['abc', 'abc\n  d', 0],
    ['abc', undefined, 1],
    ['abc', 'ab', 1],
    ['abc', 'xyz', 1],
  ];
  for (const [shown, answer, flickers] of rows) {
    it(`${JSON.stringify(shown)} answered with ${JSON.stringify(answer)}: ${flickers}`, () => {
      const screen = new Screen();
      screen.answered(shown);
      screen.answered(answer);
      assert.equal(screen.flickers, flickers);
    });
  }
});

describe('charactersSaved', () => {
  const rows: [right: number[], saved: number][] = [
    [[], 0],
    [[0, 0, 0], 0],
    [[0, 3, 2, 1, 0], 3],
    [[2, 1, 2, 1], 4],
  ];
  for (const [right, saved] of rows) {
    it(`${JSON.stringify(right)}: ${saved}`, () => assert.equal(charactersSaved(right), saved));
  }
});
