import { seeded } from '../../../src/base/seeded.ts';
import { clusterBootstrap, type Estimate, type Sample } from '../clusterBootstrap.ts';

/** Any number does. Each figure starts from it anew, so that none depends on which were computed before. */
const SEED = 20_240_617;

/** Probability left out on either side of a 95 % interval. */
const TAIL = 0.025;

/**
 * A share with its 95 % interval by the cluster bootstrap. Where all samples failed, or all passed, every resample is the
 * same and would say that there is no doubt: then the bound of Clopper and Pearson (Biometrika 26, 1934), each cluster
 * taken for one trial.
 */
export function shareEstimate(samples: readonly Sample[]): Estimate {
  const estimate = clusterBootstrap(samples, seeded(SEED));
  const clusters = new Set(samples.map(({ cluster }) => cluster)).size;
  const bound = 1 - TAIL ** (1 / clusters);
  if (estimate.mean === 0) return { ...estimate, high: bound };
  if (estimate.mean === 1) return { ...estimate, low: 1 - bound };
  return estimate;
}
