import assert from 'node:assert/strict';
import { unfinishedWord } from '../../../../src/core/completion/unfinishedWord.ts';

describe('unfinishedWord', () => {
  const pictures: readonly [prefix: string, word: string][] = [
    ['    retur', ' retur'],
    ['a.len', '.len'],
    ['total_pri', '_pri'],
    ['getTotal', 'getTotal'],
    ['x getTotal', ' getTotal'],
    ['f(', '('],
    ['a = ', ' '],
    ['{\n', ''],
    ['{\n\t\t', '\t'],
    ['x = 12', ''],
    ['x = v2be', 'be'],
    ['x = 你', ' 你'],
    ['', ''],
    [`a ${'x'.repeat(100)}`, 'x'.repeat(40)],
  ];
  for (const [prefix, word] of pictures) {
    it(`${JSON.stringify(prefix)}: ${JSON.stringify(word)}`, () =>
      assert.equal(unfinishedWord(prefix), word));
  }
});
