import assert from 'node:assert/strict';
import { logTail } from '../../../../src/core/diagnose/logTail.ts';

const TIME = '2026-11-23T17:00:00.000Z';

describe('logTail', () => {
  it('has the last 40 lines', () => {
    const log = Array.from({ length: 100 }, (_, index) => `${TIME} info line ${index}\n`).join('');
    const lines = logTail(log);
    assert.deepEqual(
      [lines.length, lines[0], lines.at(-1)],
      [40, `${TIME} info line 60`, `${TIME} info line 99`],
    );
  });

  it('leaves out what may be the user’s text', () => {
    const log = [
      `${TIME} error complete failed: ValiError: Invalid type: Expected Object but received "const secret = 1"`,
      'const secret = 2;',
      '    at parse (file:///engine.js:1:2)',
      'Caused by: Error: no',
      'cut in the middle of const secret = 3',
      `${TIME} info ${'x'.repeat(1_000)}`,
      '',
    ].join('\n');
    assert.deepEqual(logTail(log), [
      `${TIME} error complete failed: ValiError: Invalid type: Expected Object but received …`,
      '    at parse (file:///engine.js:1:2)',
      'Caused by: Error: no',
      `${TIME} info ${'x'.repeat(1_000)}`.slice(0, 300),
    ]);
  });

  it('has nothing of an empty log', () => assert.deepEqual(logTail(''), []));
});
