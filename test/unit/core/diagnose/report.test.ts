import assert from 'node:assert/strict';
import { answerLines, renderReport } from '../../../../src/core/diagnose/report.ts';

describe('renderReport', () => {
  it('is a Markdown document with a heading for each section', () => {
    const report = renderReport(
      [
        { title: 'Model', facts: { file: 'a.gguf', threads: 3, 'flash attention': false, name: undefined } },
        { title: 'Deaths', lines: [] },
        { title: 'Log', facts: { size: 2 }, lines: ['one', 'two\nlines', '```'] },
      ],
      (text) => text.replace('a.gguf', '*'),
    );
    assert.equal(
      report,
      [
        '# Deepwell diagnosis',
        '',
        '## Model',
        '',
        '- file: *',
        '- threads: 3',
        '- flash attention: false',
        '',
        '## Deaths',
        '',
        'none',
        '',
        '## Log',
        '',
        '- size: 2',
        '',
        '```text',
        'one',
        'two lines',
        "'''",
        '```',
        '',
      ].join('\n'),
    );
  });

  it('says of an answer where it came from and how long it took', () => {
    const lines = answerLines([
      { agoMs: 61_200, from: 'model', reason: undefined, shown: true, elapsedMs: 143.21, firstTextMs: 98.6 },
      { agoMs: 900, from: 'gate', reason: 'snoozed', shown: false, elapsedMs: 0.04, firstTextMs: undefined },
    ]);
    assert.deepEqual(
      lines.map((line) => line.trim().split(/ {2,}/)),
      [
        ['61 s ago model', 'shown', '143.2 ms', 'first text after 99 ms'],
        ['1 s ago gate', 'snoozed', '0.0 ms'],
      ],
    );
  });
});
