import assert from 'node:assert/strict';
import { ResumedText } from '../../../src/host/resumedText.ts';

describe('ResumedText', () => {
  const pictures: readonly [
    what: string,
    engines: readonly (readonly string[])[],
    heard: readonly string[],
    diverged: boolean,
  ][] = [
    ['one engine', [['a', 'b']], ['a', 'b'], false],
    [
      'a second one that writes the same',
      [
        ['ab', 'c'],
        ['a', 'bcd', 'e'],
      ],
      ['ab', 'c', 'd', 'e'],
      false,
    ],
    ['a second one that has written less', [['abc'], ['ab']], ['abc'], false],
    ['a second one that writes something else', [['abc'], ['ab', 'x', 'y']], ['abc'], true],
    ['a third one', [['a'], ['ab'], ['abc']], ['a', 'b', 'c'], false],
    ['an engine that died before it wrote', [[], ['a']], ['a'], false],
  ];
  for (const [what, engines, heard, diverged] of pictures) {
    it(what, () => {
      const pieces: string[] = [];
      const text = new ResumedText((piece) => pieces.push(piece));
      for (const engine of engines) {
        text.restart();
        for (const piece of engine) text.push(piece, 0);
      }
      assert.deepEqual(pieces, heard);
      assert.equal(text.diverged, diverged);
    });
  }
});
