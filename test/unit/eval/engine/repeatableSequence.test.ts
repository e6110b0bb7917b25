import assert from 'node:assert/strict';
import type { BoundSequence, Candidate } from '../../../../src/engine/binding.ts';
import { RepeatableSequence } from '../../../eval/engine/repeatableSequence.ts';

describe('repeatable sequence', () => {
  // How the lane hands over a prompt, and the batches it is evaluated in.
  const rows: [name: string, chunks: number[], last: number, batches: string[]][] = [
    ['all at once', [], 5, ['generate 5']],
    ['in small chunks', [16, 16, 16, 16, 16], 3, ['prefill 64', 'generate 19']],
    ['in large ones', [128], 16, ['prefill 64', 'prefill 64', 'generate 16']],
    ['one token less than two chunks', [64], 63, ['prefill 64', 'generate 63']],
    ['two chunks', [100], 28, ['prefill 64', 'generate 64']],
    ['one token more', [100], 29, ['prefill 64', 'prefill 64', 'generate 1']],
  ];

  for (const [name, chunks, last, batches] of rows) {
    it(`a prompt that comes ${name}: ${batches.join(', ')}`, async () => {
      const inner = new Recording();
      const sequence = new RepeatableSequence(inner);
      for (const size of chunks) await sequence.prefill(Array<number>(size).fill(1));
      await sequence.generate(Array<number>(last).fill(1)).next();
      assert.deepEqual(inner.calls, batches);
      assert.equal(
        sequence.length,
        chunks.reduce((sum, size) => sum + size, last),
      );
    });
  }

  it('shares nothing with the prompt before', async () => {
    const inner = new Recording();
    const sequence = new RepeatableSequence(inner);
    await sequence.generate([1, 2, 3]).next();
    assert.equal(sequence.commonPrefixLength(), 0);
    await sequence.truncate(0);
    assert.equal(sequence.length, 0);
  });

  it('forgets what was not evaluated yet', async () => {
    const inner = new Recording();
    const sequence = new RepeatableSequence(inner);
    await sequence.prefill([1, 2, 3]);
    await sequence.truncate(1);
    assert.equal(sequence.length, 1);
    await sequence.candidates([4]);
    assert.deepEqual(inner.calls, ['candidates 2']);
  });
});

/** Notes how many tokens each call evaluated. */
class Recording implements BoundSequence {
  readonly contextTokens = 1024;
  readonly prefersChunksOf64 = false;
  readonly calls: string[] = [];
  length = 0;

  commonPrefixLength(): number {
    return this.length;
  }

  async truncate(length: number): Promise<void> {
    this.length = Math.min(this.length, length);
  }

  async prefill(tokens: readonly number[]): Promise<void> {
    this.note('prefill', tokens);
  }

  async *generate(tokens: readonly number[]): AsyncGenerator<Candidate, void, void> {
    this.note('generate', tokens);
    yield { token: 0, probability: 1 };
  }

  async candidates(tokens: readonly number[]): Promise<Iterable<Candidate>> {
    this.note('candidates', tokens);
    return [{ token: 0, probability: 1 }];
  }

  private note(call: string, { length }: readonly number[]): void {
    this.calls.push(`${call} ${length}`);
    this.length += length;
  }
}
