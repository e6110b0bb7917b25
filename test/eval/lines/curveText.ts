import { type Eagerness, thresholdOf } from '../../../src/core/completion/eagerness.ts';
import { judge } from '../../../src/core/completion/confidence.ts';
import { seeded } from '../../../src/base/seeded.ts';
import { clusterBootstrapOf, type Estimate } from '../clusterBootstrap.ts';
import { CONFIDENCES } from './confidences.ts';
import { meanRight, pointAt, separation, type Suggested } from './curve.ts';
import { figureAt, fitLogistic } from './logistic.ts';
import { table } from './reportText.ts';

/** A suggestion that would be shown without a threshold, and what its model said of it. */
export interface Told {
  /** Suggestions of one file are not independent. */
  readonly cluster: string;
  readonly isRight: boolean;
  /** Natural logarithms, of the tokens shown. */
  readonly logProbabilities: readonly number[];
}

const SEED = 20_240_607;
const THRESHOLDS = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7];
const CHANCES = [1 / 20, 1 / 10, 1 / 5, 1 / 3, 1 / 2];
const EAGERNESS: readonly Eagerness[] = ['eager', 'balanced', 'careful'];
/** A product of less is no product any more: one such suggestion would bend the whole fit. */
const LEAST_LOG = -12;

/** @param chosenBy what thresholds are read off. @param reportedOn the others, on which they are tried. */
export function curveText(chosenBy: readonly Told[], reportedOn: readonly Told[]): string {
  const logistic = fitLogistic(
    chosenBy.map(({ isRight, logProbabilities }) => ({
      isRight,
      figure: Math.max(
        LEAST_LOG,
        logProbabilities.reduce((sum, each) => sum + each, 0),
      ),
    })),
  );
  const byProduct = confidenceOf(reportedOn, (logs) => judge(logs, 0).confidence);
  const figures = Object.entries(CONFIDENCES).map(([name, confidence]) => [
    name,
    ...[chosenBy, reportedOn].flatMap((part) => {
      const suggested = confidenceOf(part, confidence);
      return [estimateText(suggested, separation), estimateText(suggested, meanRight)];
    }),
  ]);
  const points = [
    ...EAGERNESS.map((name) => [name, thresholdOf(name)] as const),
    ...THRESHOLDS.map((threshold) => ['', threshold] as const),
  ].map(([name, threshold]) => {
    const { shown, right, kept } = pointAt(byProduct, threshold);
    return [name, threshold.toFixed(3), percent(shown), percent(right), percent(kept)];
  });
  const chances = CHANCES.map((chance) => [percent(chance), Math.exp(figureAt(chance, logistic)).toFixed(3)]);
  const parts = `${chosenBy.length} to choose by, ${reportedOn.length} to report on`;
  return [
    `Which figure tells right from wrong (${parts}): chance that a right one has more of it than a wrong one, and share right averaged over all shares shown, % [95 %].\n`,
    table(
      ['figure', 'chosen by: separation', 'share right', 'reported on: separation', 'share right'],
      figures,
    ),
    'What a threshold of the product leaves, of those reported on, %.\n',
    table(['', 'threshold', 'shown', 'right among shown', 'right ones kept'], points),
    'The product at which so many are right, by logistic regression on those to choose by.\n',
    table(['right, %', 'product'], chances),
  ].join('\n');
}

type InFile = Suggested & { readonly cluster: string };

function confidenceOf(told: readonly Told[], confidence: (logs: readonly number[]) => number): InFile[] {
  return told.map(({ cluster, isRight, logProbabilities }) => ({
    cluster,
    isRight,
    confidence: confidence(logProbabilities),
  }));
}

function estimateText(
  suggested: readonly InFile[],
  figure: (suggested: readonly Suggested[]) => number,
): string {
  const { mean, low, high }: Estimate = clusterBootstrapOf(suggested, figure, seeded(SEED));
  return `${percent(mean)} [${percent(low)}, ${percent(high)}]`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
