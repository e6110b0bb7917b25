/** How sure the model has to be of what is shown unasked. */
export type Eagerness = 'eager' | 'balanced' | 'careful';

/**
 * Least product of the probabilities of a line's tokens, see {@link judge}. Of suggestions at the threshold of `balanced` one
 * in ten is right, of `careful` one in three: measured with the starter; SmolLM2, on fewer holes, claims a little too much.
 * Any other model is taken at its word.
 */
const THRESHOLDS: Readonly<Record<Eagerness, number>> = { eager: 0, balanced: 0.05, careful: 0.25 };

export function thresholdOf(eagerness: Eagerness): number {
  return THRESHOLDS[eagerness];
}
