import type { Estimate } from '../clusterBootstrap.ts';
import type { Sample, Speed, Verdict } from '../run/sample.ts';
import type { Suite, Task } from '../run/task.ts';
import { type Published, publishedFor } from './published.ts';
import { shareEstimate } from './shareEstimate.ts';

/** One row of a report: a suite in one language. */
export interface SuiteFigures {
  readonly suite: string;
  readonly metric: Suite['metric'];
  readonly group: string;
  /** Tasks of the data, samples there are, and those that were judged. */
  readonly tasks: number;
  readonly samples: number;
  readonly judged: number;
  /** Of those judged, from 0 to 1; its interval by problem. */
  readonly score: Estimate;
  /** Samples that had no room in the context: they count as failed. */
  readonly tooLong: number;
  /** Samples that were cut off at the last token allowed. */
  readonly cutOff: number;
  /** While decoding; undefined where nothing was measured. */
  readonly tokensPerSecond: number | undefined;
  readonly published: readonly Published[];
}

export interface SuiteResults {
  readonly suite: Suite;
  readonly tasks: readonly Task[];
  readonly samples: readonly Sample[];
  readonly speeds: readonly Speed[];
  readonly verdicts: readonly Verdict[];
}

/** Of one suite, by group. Groups without a sample are left out. */
export function suiteFigures({ suite, tasks, samples, speeds, verdicts }: SuiteResults): SuiteFigures[] {
  const sampleOf = new Map(samples.map((sample) => [sample.id, sample]));
  const speedOf = new Map(speeds.map((speed) => [speed.id, speed]));
  const verdictOf = new Map(verdicts.map((verdict) => [verdict.id, verdict]));
  const groups = [...new Set(tasks.map(({ group }) => group))];
  return groups.flatMap((group): SuiteFigures[] => {
    const own = tasks.filter((task) => task.group === group);
    const written = own.flatMap(({ id }) => sampleOf.get(id) ?? []);
    if (written.length === 0) return [];
    const judged = own.flatMap(({ id, cluster }) => {
      const verdict = sampleOf.has(id) ? verdictOf.get(id) : undefined;
      return verdict ? [{ cluster, value: Number(verdict.passed) }] : [];
    });
    return [
      {
        suite: suite.name,
        metric: suite.metric,
        group,
        tasks: own.length,
        samples: written.length,
        judged: judged.length,
        score: shareEstimate(judged),
        tooLong: written.filter(({ finish }) => finish === 'prompt too long').length,
        cutOff: written.filter(({ finish }) => finish === 'length').length,
        tokensPerSecond: decodeSpeed(written.flatMap(({ id }) => speedOf.get(id) ?? [])),
        published: publishedFor(suite.name, group),
      },
    ];
  });
}

/** Tokens behind the first by the time behind it, over all samples. */
function decodeSpeed(speeds: readonly Speed[]): number | undefined {
  let tokens = 0;
  let ms = 0;
  for (const { generatedTokens, firstTokenMs, totalMs } of speeds) {
    if (firstTokenMs === null || generatedTokens < 2) continue;
    tokens += generatedTokens - 1;
    ms += totalMs - firstTokenMs;
  }
  return ms > 0 ? (1000 * tokens) / ms : undefined;
}
