/** The chance of being right as a function of one figure: 1 / (1 + exp(−(constant + slope · figure))). */
export interface Logistic {
  readonly constant: number;
  readonly slope: number;
}

const STEPS = 50;

/** Logistic regression on one figure by Newton's method (Hastie et al., The Elements of Statistical Learning, 4.4.1). */
export function fitLogistic(
  samples: readonly { readonly figure: number; readonly isRight: boolean }[],
): Logistic {
  let constant = 0;
  let slope = 0;
  for (let step = 0; step < STEPS; step++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    for (const { figure, isRight } of samples) {
      const chance = 1 / (1 + Math.exp(-(constant + slope * figure)));
      const weight = chance * (1 - chance);
      g0 += Number(isRight) - chance;
      g1 += (Number(isRight) - chance) * figure;
      h00 += weight;
      h01 += weight * figure;
      h11 += weight * figure * figure;
    }
    const determinant = h00 * h11 - h01 * h01;
    constant += (h11 * g0 - h01 * g1) / determinant;
    slope += (h00 * g1 - h01 * g0) / determinant;
  }
  return { constant, slope };
}

/** The figure at which the chance is `chance`. */
export function figureAt(chance: number, { constant, slope }: Logistic): number {
  return (Math.log(chance / (1 - chance)) - constant) / slope;
}
