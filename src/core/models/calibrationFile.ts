import * as v from 'valibot';
import type { Calibration } from './calibration.ts';

/** Of the models used last; nobody has more. */
const MOST_ENTRIES = 50;
const MOST_RUNS = 8;
const VERSION = 1;

/** Hostile as any file: a time of zero would make the machine infinitely fast. */
const milliseconds = v.pipe(v.number(), v.minValue(0.001), v.maxValue(3_600_000));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const run = v.object({
  flashAttention: v.boolean(),
  threads: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1024)),
  depthTokens: count,
  prefillMs: milliseconds,
  keyMs: milliseconds,
  tokenMs: milliseconds,
});
const entry = v.object({
  key: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  runs: v.pipe(v.tupleWithRest([run], run), v.maxLength(MOST_RUNS)),
});
const file = v.object({
  version: v.literal(VERSION),
  entries: v.pipe(v.array(entry), v.maxLength(MOST_ENTRIES)),
});

export type Calibrations = ReadonlyMap</* key of model and machine, oldest first */ string, Calibration>;

/** None where the text is anything but what {@link formatCalibrations} writes: then all is measured anew. */
export function parseCalibrations(text: string): Calibrations {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return new Map();
  }
  const parsed = v.safeParse(file, json);
  return new Map(parsed.success ? parsed.output.entries.map(({ key, runs }) => [key, { runs }]) : []);
}

export function formatCalibrations(calibrations: Calibrations): string {
  const entries = [...calibrations].slice(-MOST_ENTRIES).map(([key, { runs }]) => ({ key, runs }));
  return `${JSON.stringify({ version: VERSION, entries })}\n`;
}
