/** Lets the event loop turn until `condition` holds. Counts turns, not time. */
export async function until(condition: () => boolean, maxTurns = 10_000): Promise<void> {
  for (let turn = 0; !condition(); turn++) {
    if (turn === maxTurns) throw new Error(`Waited in vain for: ${condition.toString()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Lets everything that is under way come to rest, as far as it needs no timer. */
export async function settle(turns = 50): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}
