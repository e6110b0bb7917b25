/** Ways to make one number of the tokens of a suggestion: natural logarithms of their probabilities in, more is surer. */
export const CONFIDENCES = {
  /** Mean of the probabilities. */
  mean: (logs) => meanOf(logs.map(Math.exp)),
  /** Of the first token. */
  first: (logs) => Math.exp(logs[0] ?? 0),
  /** Of the token the model was least sure of. */
  least: (logs) => Math.exp(Math.min(0, ...logs)),
  /** Of the text: the product of all. */
  product: (logs) => Math.exp(sumOf(logs)),
  /** Geometric mean: the product, by the length. */
  'per token': (logs) => Math.exp(meanOf(logs)),
  /** Between the two: a long suggestion has to be surer of each token, but not in proportion. */
  'by root of length': (logs) => Math.exp(sumOf(logs) / Math.sqrt(Math.max(1, logs.length))),
  /** The smaller of mean and first. */
  'mean and first': (logs) => Math.min(meanOf(logs.map(Math.exp)), Math.exp(logs[0] ?? 0)),
} as const satisfies Readonly<Record<string, (logProbabilities: readonly number[]) => number>>;

export type ConfidenceName = keyof typeof CONFIDENCES;

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** 0, which as a logarithm is sure, where there is nothing. */
function meanOf(values: readonly number[]): number {
  return values.length > 0 ? sumOf(values) / values.length : 0;
}
