import assert from 'node:assert/strict';
import { progressBar } from '../../model/progressBar.ts';

describe('progressBar', () => {
  it('writes one line per quarter to a log', () => {
    assert.equal(
      drawn({}, [0, 100, 250, 260, 700, 1000]),
      ['Fetching: 0.0 MB', 'Fetching: 25%', 'Fetching: 50%', 'Fetching: 100%', 'Done.', ''].join('\n'),
    );
  });

  it('redraws one line on a terminal, ten times a second at most', () => {
    const text = drawn({ isTTY: true, columns: 50 }, [0, 250, 260, 1000]);
    assert.deepEqual(text.replaceAll('\u001b[K', '').split('\r').slice(1), [
      'Fetching [.....................]   0%  0.0/0.0 MB',
      'Fetching [#####................]  25%  0.0/0.0 MB',
      'Fetching [#####################] 100%  0.0/0.0 MB\nDone.\n',
    ]);
  });

  it('stays on one line in a narrow terminal', () => {
    const text = drawn({ isTTY: true, columns: 10 }, [1000]);
    assert.match(text, /\[\] 100%/);
  });
});

/** What is written for a stretch of 1000 bytes; a step of 100 bytes takes 100 ms × 0.5. */
function drawn(terminal: { isTTY?: boolean; columns?: number }, doneBytes: readonly number[]): string {
  let text = '';
  let nowMs = 0;
  const stream = { ...terminal, write: (part: string) => (text += part) };
  const progress = progressBar(stream, () => nowMs);
  progress.begin('Fetching', 1000);
  for (const done of doneBytes) {
    nowMs = done / 2;
    progress.update(done);
  }
  progress.end();
  progress.note('Done.');
  return text;
}
