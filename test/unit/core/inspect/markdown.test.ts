import assert from 'node:assert/strict';
import { fenced, inline, table } from '../../../../src/core/inspect/markdown.ts';

describe('Markdown for the inspector', () => {
  it('keeps any text in its cell', () => {
    assert.deepEqual(table(['a', 'b'], [['x | y', '<b>[link](command:x)\nnext']]), [
      '| a | b |',
      '| --- | --- |',
      '| x \\| y | \\<b>\\[link](command:x) next |',
    ]);
    assert.deepEqual(table(['a'], []), ['none']);
  });

  it('keeps any text in its block', () => {
    assert.deepEqual(fenced('a'), ['```text', 'a', '```']);
    assert.deepEqual(fenced('````\nb'), ['`````text', '````\nb', '`````']);
  });

  it('shows white space of a line', () => {
    assert.equal(inline('  a\r\n`b`'), '``   a⏎ˋbˋ ``');
    assert.equal(inline(''), '');
  });
});
