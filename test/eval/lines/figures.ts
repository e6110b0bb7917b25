import { median } from '../../support/measure/statistics.ts';
import { seeded } from '../../../src/base/seeded.ts';
import { clusterBootstrap, type Estimate } from '../clusterBootstrap.ts';
import type { Result } from './result.ts';
import type { Score } from './score.ts';

/** Any number does. Each figure starts from it anew, so that none depends on which were computed before. */
const SEED = 20_240_607;

/** One hole as one predictor did at it. */
export interface Judged {
  /** Holes of one file are not independent. */
  readonly file: string;
  readonly score: Score;
  /** Undefined where the hole has no say in this. */
  readonly parses: boolean | undefined;
  readonly result: Result;
}

/** Shares are from 0 to 1; NaN where nothing was counted. */
export interface Figures {
  readonly exact: Estimate;
  readonly similarity: Estimate;
  readonly parses: { readonly share: number; readonly of: number };
  readonly shown: number;
  /** Median; undefined for predictors without an engine. */
  readonly firstTokenMs: number | undefined;
  /** While decoding: tokens behind the first by the time behind it, over all holes. */
  readonly tokensPerSecond: number | undefined;
}

export function figuresOf(judged: readonly Judged[]): Figures {
  const parses = judged.flatMap((each) => each.parses ?? []);
  const firstTokens = judged.flatMap(({ result }) => result.firstTokenMs ?? []);
  return {
    exact: estimate(judged, ({ score }) => Number(score.isExact)),
    similarity: estimate(judged, ({ score }) => score.similarity),
    parses: { share: parses.filter(Boolean).length / parses.length, of: parses.length },
    shown: judged.filter(({ score }) => score.isShown).length / judged.length,
    firstTokenMs: firstTokens.length > 0 ? median(firstTokens) : undefined,
    tokensPerSecond: decodeSpeed(judged.map(({ result }) => result)),
  };
}

/** How many more of the same holes, as a share, `one` completes exactly than `other`. Both in the same order. */
export function differenceOf(one: readonly Judged[], other: readonly Judged[]): Estimate {
  const samples = one.map(({ file, score }, index) => ({
    cluster: file,
    value: Number(score.isExact) - Number(other[index]?.score.isExact),
  }));
  return clusterBootstrap(samples, seeded(SEED));
}

function estimate(judged: readonly Judged[], value: (each: Judged) => number): Estimate {
  return clusterBootstrap(
    judged.map((each) => ({ cluster: each.file, value: value(each) })),
    seeded(SEED),
  );
}

function decodeSpeed(results: readonly Result[]): number | undefined {
  let tokens = 0;
  let ms = 0;
  for (const { generatedTokens, firstTokenMs, engineMs } of results) {
    if (generatedTokens === null || firstTokenMs === null || engineMs === null || generatedTokens < 2)
      continue;
    tokens += generatedTokens - 1;
    ms += engineMs - firstTokenMs;
  }
  return ms > 0 ? (1000 * tokens) / ms : undefined;
}
