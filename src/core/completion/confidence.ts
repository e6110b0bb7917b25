/** Whether a suggestion is worth showing unasked, and the numbers behind it. */
export interface Verdict {
  readonly isShown: boolean;
  /** 0 to 1: how likely the model holds all of the tokens together. */
  readonly confidence: number;
  /** Least confidence that is shown. */
  readonly threshold: number;
  readonly tokens: number;
}

/**
 * Judges a suggestion by its tokens: the product of their probabilities, which is the model's own word for how likely the text is
 * what belongs there. It tells right suggestions from wrong ones best, and by far (`npm run eval -- lines-curve`): a mean
 * forgives the one token that was a guess, and a long line has more places to go wrong.
 *
 * More tokens only lower it, so that a text under the threshold stays there however it goes on.
 *
 * @param logProbabilities natural logarithms, 0 for certain.
 */
export function judge(logProbabilities: readonly number[], threshold: number): Verdict {
  const confidence = Math.exp(logProbabilities.reduce((sum, each) => sum + each, 0));
  return { isShown: confidence >= threshold, confidence, threshold, tokens: logProbabilities.length };
}
