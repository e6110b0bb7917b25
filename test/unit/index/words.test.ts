import assert from 'node:assert/strict';
import { similarity } from '../../../src/index/similarity.ts';
import { WordCounts } from '../../../src/index/wordCounts.ts';
import { wordsOf } from '../../../src/index/words.ts';

describe('words', () => {
  const rows: readonly [text: string, words: string[]][] = [
    ['parseHTMLText(x)', ['parsehtmltext', 'parse', 'html', 'text']],
    ['total_cents + TotalCents', ['total_cents', 'total', 'cents', 'totalcents']],
    ['plain plain', ['plain']],
    ['a bc 12345 0xdeadbeef', []],
    ['größe_straße', ['größe_straße', 'größe', 'straße']],
    ['$scope._private', ['$scope', 'scope', '_private', 'private']],
    ['x'.repeat(61), []],
  ];
  for (const [text, words] of rows) {
    it(`of ${text.slice(0, 30)}`, () => assert.deepEqual(new Set(wordsOf(text)), new Set(words)));
  }
});

describe('WordCounts', () => {
  it('counts, takes back, and goes on from its bytes', () => {
    const counts = new WordCounts();
    counts.add(['walrus', 'octopus']);
    counts.add(['walrus']);
    const copy = new WordCounts(counts.bytes);
    copy.remove(['walrus', 'octopus']);
    assert.deepEqual([counts.of('walrus'), copy.of('walrus'), copy.of('octopus')], [2, 1, 0]);
  });

  it('begins with nothing where the bytes are not its own', () => {
    assert.equal(new WordCounts(new Uint8Array([1, 2, 3])).of('walrus'), 0);
  });

  it('never counts below nothing', () => {
    const counts = new WordCounts();
    counts.remove(['walrus']);
    assert.equal(counts.of('walrus'), 0);
  });
});

describe('similarity', () => {
  const rows: readonly [a: string[], b: string[], expected: number][] = [
    [['a', 'b'], ['a', 'b'], 1],
    [['a'], ['b'], 0],
    [['a', 'b'], ['b', 'c'], 1 / 3],
    [['rare', 'b'], ['rare', 'c'], 4 / 6],
    [[], [], 0],
  ];
  for (const [a, b, expected] of rows) {
    it(`of ${a.join(' ')} and ${b.join(' ')} is ${expected.toFixed(2)}`, () => {
      const weight = (word: string): number => (word === 'rare' ? 4 : 1);
      assert.equal(similarity(new Set(a), new Set(b), weight), expected);
    });
  }
});
