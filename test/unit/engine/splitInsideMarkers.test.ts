import assert from 'node:assert/strict';
import { splitInsideMarkers } from '../../../src/engine/llama/splitInsideMarkers.ts';

describe('splitInsideMarkers', () => {
  const pictures: readonly [text: string, markers: readonly string[], pieces: readonly string[]][] = [
    ['', ['<a>'], ['']],
    ['plain', ['<a>'], ['plain']],
    ['x<a>y', ['<a>'], ['x<', 'a>y']],
    ['<a>', ['<a>'], ['<', 'a>']],
    ['<a><a>', ['<a>'], ['<', 'a><', 'a>']],
    ['x<a>y<b>', ['<a>', '<b>'], ['x<', 'a>y<', 'b>']],
    ['aaa', ['aa'], ['a', 'a', 'a']],
    ['<|<|a|>', ['<|a|>', '<|<|'], ['<', '|<', '|a|>']],
    ['x', ['x'], ['x']],
  ];
  for (const [text, markers, pieces] of pictures) {
    it(`${JSON.stringify(text)} without ${markers.join(' ')}: ${JSON.stringify(pieces)}`, () => {
      const split = splitInsideMarkers(text, markers);
      assert.deepEqual(split, pieces);
      assert.equal(split.join(''), text);
      for (const piece of split) {
        for (const marker of markers) assert.ok(marker.length === 1 || !piece.includes(marker));
      }
    });
  }
});
