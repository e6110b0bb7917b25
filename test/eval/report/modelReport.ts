import type { RunInfo } from '../run/runInfo.ts';
import type { SuiteFigures } from './suiteFigures.ts';

/** What one folder of results says. */
export interface ModelReport {
  readonly run: RunInfo;
  readonly suites: readonly SuiteFigures[];
}
