import assert from 'node:assert/strict';
import { figuresOf } from '../../../bench/crossfile/report.ts';
import type { Row } from '../../../bench/crossfile/row.ts';

function row(place: string, arm: string, meanLogProbability: number, prompt = `${place} ${arm}`): Row {
  return {
    ...{ id: `${place} ${arm}`, place, arm, prompt, meanLogProbability, trace: 'none', setup: 'test' },
    ...{ repository: 'repo', half: 'other', language: 'python', file: place },
    ...{ promptTokens: 10, relatedChars: 0, suffixTokens: 0, truthTokens: 3 },
  };
}

describe('the report of cross-file likelihoods', () => {
  it('holds arms against each other on the places that both were asked about', () => {
    const figures = figuresOf([
      ...[row('a', 'none', -2), row('a', 'engine', -1)],
      ...[row('b', 'none', -3), row('b', 'engine', -3, 'b none')],
      row('c', 'none', -50),
    ]);
    assert.equal(figures['engine - none'], '+0.5000 ± 1.0000 (2 lines, 1 with the same prompt)');
    assert.equal(figures['engine - none, python'], figures['engine - none']);
  });

  it('says of a source what is missing without it, and what it is worth alone', () => {
    const figures = figuresOf([
      row('a', 'none', -4),
      row('a', 'engine', -1),
      row('a', 'without similar code', -2),
      row('a', 'only similar code', -3),
    ]);
    assert.match(String(figures['engine - without similar code']), /^\+1\.0000/);
    assert.match(String(figures['only similar code - none']), /^\+1\.0000/);
  });
});
