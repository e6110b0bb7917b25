import assert from 'node:assert/strict';
import { chunked, firstScored } from '../../eval/likelihood/perplexityChunks.ts';

describe('chunks of a text', () => {
  // Tokens, size, BOS, chunks.
  const rows: [tokens: string, size: number, bos: string | undefined, chunks: string][] = [
    ['abcdef', 3, undefined, 'abc def'],
    ['abcdef', 3, '^', '^bc ^ef'],
    ['abcdefgh', 3, '^', '^bc ^ef'],
    ['ab', 3, '^', ''],
  ];
  for (const [tokens, size, bos, chunks] of rows) {
    it(`${tokens} by ${size}, beginning with ${bos}: ${chunks}`, () => {
      assert.equal(
        chunked([...tokens], size, bos)
          .map((chunk) => chunk.join(''))
          .join(' '),
        chunks,
      );
    });
  }

  it('count from their middle on', () => {
    assert.deepEqual([8, 9, 512].map(firstScored), [4, 4, 256]);
  });
});
