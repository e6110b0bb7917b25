import assert from 'node:assert/strict';
import { lineChunks } from '../../../../src/webview/markdown/lineChunks.ts';

describe('chunks of lines', () => {
  const rows: [text: string, chunks: string[]][] = [
    ['', []],
    ['a', ['a']],
    ['a\nb', ['a\nb']],
    ['a\nb\n', ['a\nb\n']],
    ['a\nb\nc', ['a\nb\n', 'c']],
    ['a\n\n\n\nb', ['a\n\n', '\n\n', 'b']],
  ];
  for (const [text, chunks] of rows) {
    it(JSON.stringify(text), () => assert.deepEqual(lineChunks(text, 2), chunks));
  }

  it('cut a line that is too long, and not inside of a character', () => {
    const text = `${'😀'.repeat(30_001)}\nb`;
    const chunks = lineChunks(text, 2);
    assert.equal(chunks.join(''), text);
    assert.ok(chunks.every((chunk) => chunk.length <= 8000 && !/\p{Surrogate}/u.test(chunk)));
  });

  it('stay the same as the text grows, but for the last', () => {
    const text = Array.from({ length: 50 }, (_, index) => 'x'.repeat((index * 997) % 9000)).join('\n');
    for (let end = 0; end < text.length; end += 1009) {
      const before = lineChunks(text.slice(0, end), 3).slice(0, -1);
      // A line that still grew may have been cut elsewhere once it had an end.
      const settled = before.slice(0, -1);
      assert.deepEqual(lineChunks(text, 3).slice(0, settled.length), settled);
    }
  });
});
