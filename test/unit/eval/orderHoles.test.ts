import assert from 'node:assert/strict';
import type { Hole } from '../../eval/lines/hole.ts';
import { byFile, firstOfEach } from '../../eval/lines/orderHoles.ts';
import { holeOfPicture } from './holeOfPicture.ts';

describe('holes are ordered', () => {
  it('by file, and in it from the top', () => {
    const holes = [
      at('b', 9, {}),
      at('a', 5, {}),
      at('b', 2, {}),
      at('a', 3, { package: 'other' }),
      at('a', 1, {}),
    ];
    assert.deepEqual(ids(byFile(holes)), ['b2', 'b9', 'a1', 'a5', 'a3']);
    assert.deepEqual(ids(holes), ['b9', 'a5', 'b2', 'a3', 'a1'], 'The given list stays as it was.');
  });

  it('and the first of each language and kind taken, as they come', () => {
    const holes = [
      at('c', 9, { kind: 'end' }),
      at('c', 1, { kind: 'end' }),
      at('p', 7, { kind: 'end', language: 'python' }),
      at('c', 2, { kind: 'line' }),
      at('a', 4, { kind: 'end' }),
    ];
    assert.deepEqual(ids(firstOfEach(holes, 1)), ['c9', 'p7', 'c2']);
    assert.deepEqual(ids(firstOfEach(holes, 2)), ['c9', 'c1', 'p7', 'c2']);
    assert.deepEqual(firstOfEach(holes, 9), holes);
  });
});

function at(path: string, offset: number, fields: Partial<Hole>): Hole {
  return holeOfPicture(`${'x'.repeat(offset)}«y»`, { id: `${path}${offset}`, path, ...fields });
}

function ids(holes: readonly Hole[]): string[] {
  return holes.map(({ id }) => id);
}
