import { seeded } from '../../base/seeded.ts';
import type { Candidate, Choose } from '../binding.ts';

/** Above 0: flattens the differences the less the lower it is. Answers are about code, which bears less chance than prose. */
const TEMPERATURE = 0.7;

/** Tokens less likely than this share of the likeliest are never drawn (min-p sampling, arXiv 2407.01082). */
const LEAST_SHARE = 0.05;

/** Draws tokens by chance, likelier ones more often; the same ones for the same seed. */
export function drawn(seed: number): Choose {
  const random = seeded(seed);
  return (likeliest) => {
    const candidates = [...likeliest];
    const least = LEAST_SHARE * (candidates[0]?.probability ?? 0);
    const drawable = candidates.filter(({ probability }) => probability >= least);
    const weights = drawable.map(({ probability }) => probability ** (1 / TEMPERATURE));
    let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
    return drawable.find((_: Candidate, index) => (left -= weights[index] ?? 0) < 0) ?? drawable[0];
  };
}
