/** One suggestion that would be shown without a threshold. */
export interface Suggested {
  readonly confidence: number;
  readonly isRight: boolean;
}

/** What a threshold leaves; shares from 0 to 1, NaN of nothing. */
export interface CurvePoint {
  readonly threshold: number;
  /** Of all suggestions. */
  readonly shown: number;
  /** Of those shown. */
  readonly right: number;
  /** Right ones shown, of all right ones. */
  readonly kept: number;
}

export function pointAt(suggested: readonly Suggested[], threshold: number): CurvePoint {
  const shown = suggested.filter(({ confidence }) => confidence >= threshold);
  const right = shown.filter(isRight).length;
  return {
    threshold,
    shown: shown.length / suggested.length,
    right: right / shown.length,
    kept: right / suggested.filter(isRight).length,
  };
}

/**
 * The chance that of a right and a wrong suggestion the right one has the higher confidence, ties by halves: the area under
 * the receiver operating characteristic, computed from ranks (Mann and Whitney, 1947). 0.5 says nothing, 1 all. NaN where
 * all are of one kind.
 */
export function separation(suggested: readonly Suggested[]): number {
  const ascending = [...suggested].sort((a, b) => a.confidence - b.confidence);
  let wrongBelow = 0;
  let wins = 0;
  for (let at = 0; at < ascending.length;) {
    const { confidence } = ascending[at] ?? { confidence: 0 };
    let right = 0;
    let wrong = 0;
    for (; at < ascending.length && ascending[at]?.confidence === confidence; at++) {
      if (ascending[at]?.isRight) right++;
      else wrong++;
    }
    wins += right * (wrongBelow + wrong / 2);
    wrongBelow += wrong;
  }
  return wins / (wrongBelow * (suggested.length - wrongBelow));
}

/** The share right among shown, averaged over all shares shown, from the surest suggestion to all of them. */
export function meanRight(suggested: readonly Suggested[]): number {
  let right = 0;
  let sum = 0;
  [...suggested]
    .sort((a, b) => b.confidence - a.confidence)
    .forEach((each, index) => {
      if (each.isRight) right++;
      sum += right / (index + 1);
    });
  return sum / suggested.length;
}

function isRight({ isRight }: Suggested): boolean {
  return isRight;
}
