/** A value of one member of a cluster: what belongs together is not independent. */
export interface Clustered {
  readonly cluster: string;
  readonly value: number;
}

export interface MeanWithError {
  readonly mean: number;
  /** Twice the standard error of the mean. NaN where there are fewer than two clusters. */
  readonly twoStandardErrors: number;
  readonly count: number;
}

/**
 * The mean of all values, and twice its standard error between clusters: the sums of deviations in each, squared, with the small-sample
 * factor clusters / (clusters - 1) (Cameron and Miller, A Practitioner's Guide to Cluster-Robust Inference, 2015).
 */
export function clusteredMean(values: readonly Clustered[]): MeanWithError {
  const count = values.length;
  const mean = values.reduce((sum, { value }) => sum + value, 0) / count;
  const deviations = new Map<string, number>();
  for (const { cluster, value } of values) {
    deviations.set(cluster, (deviations.get(cluster) ?? 0) + value - mean);
  }
  const clusters = deviations.size;
  const squares = [...deviations.values()].reduce((sum, each) => sum + each ** 2, 0);
  const error = Math.sqrt((squares * clusters) / (clusters - 1)) / count;
  return { mean, twoStandardErrors: clusters < 2 ? NaN : 2 * error, count };
}
