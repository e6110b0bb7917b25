import assert from 'node:assert/strict';
import { Progress } from '../../../support/measure/progress.ts';

describe('progress', () => {
  // Seconds one step takes, steps, what is written.
  const rows: [stepSeconds: number, steps: number, lines: string[]][] = [
    [2, 5, ['3 of 5, 4 s left', '5 of 5, 10 s in all']],
    [0.1, 3, ['3 of 3, 0 s in all']],
    [120, 3, ['1 of 3, 4 min left', '2 of 3, 2 min left', '3 of 3, 6 min in all']],
    [19_800, 2, ['1 of 2, 5.5 h left', '2 of 2, 11.0 h in all']],
  ];

  for (const [stepSeconds, steps, lines] of rows) {
    it(`of ${steps} steps of ${stepSeconds} s`, () => {
      const written: string[] = [];
      let nowMs = 1000;
      const progress = new Progress(
        steps,
        (line) => written.push(line.trimEnd()),
        () => nowMs,
      );
      for (let step = 0; step < steps; step++) {
        nowMs += 1000 * stepSeconds;
        progress.step();
      }
      assert.deepEqual(written, lines);
    });
  }
});
