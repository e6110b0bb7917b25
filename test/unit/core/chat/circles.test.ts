import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CircleWatch } from '../../../../src/core/chat/circles.ts';
import { PROJECT } from '../../../support/paths.ts';

/** So far the answer had come when it was seen to go round in circles. */
function seenAfter(text: string, pieceChars = 7): number | undefined {
  const watch = new CircleWatch();
  for (let at = 0; at < text.length; at += pieceChars) {
    if (watch.add(text.slice(at, at + pieceChars))) return at + pieceChars;
  }
  return undefined;
}

const BEGINNING = 'The function reads a file.\n\n';
const PARAGRAPH =
  'The code is written in Python, and it is intended to read a text file. The function returns a string of its contents.\n\n';

describe('an answer that goes round in circles', () => {
  const rows: [name: string, again: string][] = [
    ['a word', 'very '],
    ['a sentence', 'It reads the file and then it reads the file. '],
    ['a paragraph', PARAGRAPH],
    ['a passage of 1,500 characters', Array.from({ length: 100 }, (_, i) => `line ${i} of it\n`).join('')],
  ];
  for (const [name, again] of rows) {
    it(`is seen by ${name}`, () => {
      const times = Math.max(4, Math.ceil(800 / again.length)) + 1;
      const seen =
        seenAfter(BEGINNING + again.repeat(times + Math.ceil(400 / again.length))) ??
        assert.fail('It is not seen.');
      assert.ok(seen <= BEGINNING.length + times * again.length + 400);
    });
  }

  it('is not seen before the fourth time', () => {
    assert.equal(seenAfter(BEGINNING + PARAGRAPH.repeat(3)), undefined);
  });

  it('is seen whatever the pieces it comes in', () => {
    const text = BEGINNING + PARAGRAPH.repeat(20);
    for (const pieceChars of [1, 3, 50, 500]) assert.notEqual(seenAfter(text, pieceChars), undefined);
  });

  it('is none where a table has ruled lines and rows alike', () => {
    const table = ['| a | b |', '| --- | --- |', ...Array.from({ length: 40 }, (_, i) => `| ${i} | yes |`)];
    assert.equal(seenAfter(`${'='.repeat(120)}\n${table.join('\n')}`), undefined);
  });

  it('is none in our own sources', () => {
    for (const path of ['src/extension.ts', 'src/core/chat/circles.ts', 'README.md', 'package-lock.json']) {
      assert.equal(seenAfter(readFileSync(join(PROJECT, path), 'utf8').slice(0, 60_000)), undefined, path);
    }
  });
});
