import assert from 'node:assert/strict';
import type { MeasuredRun } from '../../../../src/core/models/calibration.ts';
import {
  type Calibrations,
  formatCalibrations,
  parseCalibrations,
} from '../../../../src/core/models/calibrationFile.ts';

const RUN: MeasuredRun = {
  ...{ flashAttention: true, threads: 4, depthTokens: 512 },
  ...{ prefillMs: 100.5, keyMs: 30, tokenMs: 12 },
};
const key = (number: number): string => number.toString(16).padStart(64, '0');

describe('the file of what was timed', () => {
  it('is read as it was written', () => {
    const calibrations: Calibrations = new Map([
      [key(1), { runs: [RUN] }],
      [key(2), { runs: [RUN, { ...RUN, flashAttention: false }] }],
    ]);
    assert.deepEqual(parseCalibrations(formatCalibrations(calibrations)), calibrations);
  });

  it('keeps the newest fifty', () => {
    const many: Calibrations = new Map(Array.from({ length: 60 }, (_, at) => [key(at), { runs: [RUN] }]));
    const kept = parseCalibrations(formatCalibrations(many));
    assert.deepEqual([...kept.keys()], [...many.keys()].slice(10));
  });

  const entry = { key: key(1), runs: [RUN] };
  const file = (...entries: unknown[]): string => JSON.stringify({ version: 1, entries });
  it('of this form is read', () => assert.equal(parseCalibrations(file(entry)).size, 1));

  const damaged: readonly [what: string, text: string][] = [
    ['nothing', ''],
    ['half of a file', file(entry).slice(0, 80)],
    ['no object', '[]'],
    ['another version', file(entry).replace('"version":1', '"version":2')],
    ['a key that is no hash', file({ ...entry, key: '__proto__' })],
    ['no run', file({ ...entry, runs: [] })],
    ['a time of zero', file({ ...entry, runs: [{ ...RUN, prefillMs: 0 }] })],
    ['a time that is no number', file({ ...entry, runs: [{ ...RUN, keyMs: '3' }] })],
    ['a million threads', file({ ...entry, runs: [{ ...RUN, threads: 1_000_000 }] })],
    ['half a thread', file({ ...entry, runs: [{ ...RUN, threads: 0.5 }] })],
    ['too many runs', file({ ...entry, runs: Array.from({ length: 9 }, () => RUN) })],
    ['one bad entry among good ones', file(entry, { key: key(2) })],
  ];
  for (const [what, text] of damaged) {
    it(`with ${what} counts as none`, () => assert.equal(parseCalibrations(text).size, 0));
  }
});
