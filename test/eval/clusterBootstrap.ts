/** A mean and the ends of its 95 % interval. NaN where there was nothing to average. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** One measured value, and what it shares its luck with. */
export interface Sample {
  /** Samples of one cluster are not independent: holes of one file. */
  readonly cluster: string;
  readonly value: number;
}

const RESAMPLES = 2000;
/** Share of the resampled means on either side of the interval: 95 % lie within. */
const TAIL = 0.025;

/**
 * The mean of all samples with its 95 % interval by the cluster bootstrap, percentile method (Davison and Hinkley,
 * Bootstrap Methods and their Application, 1997, sections 3.8 and 5.3): whole clusters are drawn, with replacement, as
 * many as there are. Drawing samples instead would give intervals that are too narrow.
 *
 * @param random from 0 to 1, seeded: the same samples have to give the same interval.
 */
export function clusterBootstrap(samples: readonly Sample[], random: () => number): Estimate {
  const clusters = clustersOf(samples);
  const means: number[] = [];
  for (let resample = 0; resample < RESAMPLES; resample++) {
    let sum = 0;
    let count = 0;
    for (let draw = 0; draw < clusters.length; draw++) {
      const drawn = clusters[Math.floor(random() * clusters.length)];
      sum += drawn?.sum ?? 0;
      count += drawn?.count ?? 0;
    }
    means.push(sum / count);
  }
  means.sort((a, b) => a - b);
  return { mean: meanOf(clusters), low: at(means, TAIL), high: at(means, 1 - TAIL) };
}

/**
 * The same for a figure that is no mean: it is computed anew for each drawing of clusters.
 *
 * @param figure NaN, where a drawing does not allow it, is left out.
 */
export function clusterBootstrapOf<T extends { readonly cluster: string }>(
  samples: readonly T[],
  figure: (samples: readonly T[]) => number,
  random: () => number,
  resamples = 500,
): Estimate {
  const byCluster = new Map<string, T[]>();
  for (const sample of samples) {
    const known = byCluster.get(sample.cluster);
    if (known) known.push(sample);
    else byCluster.set(sample.cluster, [sample]);
  }
  const clusters = [...byCluster.values()];
  const figures: number[] = [];
  for (let resample = 0; resample < resamples; resample++) {
    const drawn = clusters.flatMap(() => clusters[Math.floor(random() * clusters.length)] ?? []);
    const value = figure(drawn);
    if (!Number.isNaN(value)) figures.push(value);
  }
  figures.sort((a, b) => a - b);
  return { mean: figure(samples), low: at(figures, TAIL), high: at(figures, 1 - TAIL) };
}

interface Cluster {
  readonly sum: number;
  readonly count: number;
}

/** In the order of the first sample of each. */
function clustersOf(samples: readonly Sample[]): Cluster[] {
  const clusters = new Map<string, Cluster>();
  for (const { cluster, value } of samples) {
    const { sum, count } = clusters.get(cluster) ?? { sum: 0, count: 0 };
    clusters.set(cluster, { sum: sum + value, count: count + 1 });
  }
  return [...clusters.values()];
}

function meanOf(clusters: readonly Cluster[]): number {
  const sum = clusters.reduce((total, cluster) => total + cluster.sum, 0);
  return sum / clusters.reduce((total, cluster) => total + cluster.count, 0);
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
}
