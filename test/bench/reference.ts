/** Rounds of the fixed loop, each some tens of milliseconds. */
const ROUNDS = 9;

/** A bench says nothing on a machine whose speed changes by more than this while it runs. */
export const STEADY_RATIO = 0.2;

export class UnsteadyMachine extends Error {}

/**
 * Times a fixed piece of arithmetic. Timings mean something only while it always takes about as long.
 *
 * @returns milliseconds of the median round.
 * @throws UnsteadyMachine when the middle half of the rounds swings by more than {@link STEADY_RATIO} of the median.
 */
export function steadyReferenceMs(): number {
  const rounds = Array.from({ length: ROUNDS }, referenceLoopMs).sort((a, b) => a - b);
  const at = (share: number): number => rounds[Math.round(share * (ROUNDS - 1))] ?? 0;
  const swing = (at(0.75) - at(0.25)) / at(0.5);
  if (swing > STEADY_RATIO) {
    throw new UnsteadyMachine(
      `The reference loop swings by ${(100 * swing).toFixed(0)} %: this machine is too busy to measure on.`,
    );
  }
  return at(0.5);
}

function referenceLoopMs(): number {
  const startedMs = performance.now();
  let state = 1;
  for (let step = 0; step < 20_000_000; step++) state = (Math.imul(state, 1103515245) + 12345) | 0;
  const ms = performance.now() - startedMs;
  // Uses the result, so that the loop cannot be optimized away.
  return state === 0 ? ms + Number.EPSILON : ms;
}
