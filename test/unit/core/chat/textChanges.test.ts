import assert from 'node:assert/strict';
import { changedLines } from '../../../../src/core/chat/changedLines.ts';
import { insertedText } from '../../../../src/core/chat/insertedText.ts';

describe('the lines that a change touches', () => {
  // Lines of one character, written without their line ends.
  const rows: [before: string, after: string, from: number, end: number, lines: string][] = [
    ['abc', 'axc', 1, 2, 'x'],
    ['abc', 'ac', 1, 2, ''],
    ['ac', 'abc', 1, 1, 'b'],
    ['abc', 'ab', 2, 3, ''],
    ['ab', 'abc', 2, 2, 'c'],
    ['aa', 'aaa', 2, 2, 'a'],
    ['abc', 'xyz', 0, 3, 'xyz'],
  ];
  const text = (letters: string): string => [...letters].join('\n');
  for (const [before, after, from, end, lines] of rows) {
    it(`of ${before} to ${after}`, () => {
      assert.deepEqual(changedLines(text(before), text(after)), { from, end, lines: [...lines] });
      const kept = [...before];
      assert.equal([...kept.slice(0, from), ...lines, ...kept.slice(end)].join(''), after);
    });
  }

  it('are none where nothing changes', () => {
    assert.equal(changedLines('a\nb', 'a\nb'), undefined);
  });
});

describe('code at a cursor', () => {
  const rows: [code: string, before: string, inserted: string][] = [
    ['a;\n\nb;\n', '    ', 'a;\n\n    b;'],
    ['a;\nb;', '\t', 'a;\n\tb;'],
    ['a;\nb;', 'x = ', 'a;\nb;'],
    ['a;', '', 'a;'],
  ];
  for (const [code, before, inserted] of rows) {
    it(`${JSON.stringify(code)} behind ${JSON.stringify(before)}`, () => {
      assert.equal(insertedText(code, before), inserted);
    });
  }
});
