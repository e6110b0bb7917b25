import { ENGINE_STATES } from '../support/engineStates.ts';
import { endWhile } from '../support/heldWindow.ts';

const BAR_MS = 2_000;

/** Prints how long the engine outlives its window or extension host. Returns the exit code: 0 within the bar. */
export async function soakClose(times: number): Promise<number> {
  let worstMs = 0;
  for (const ending of ['window closed', 'host killed'] as const) {
    for (const state of ENGINE_STATES) {
      const ends = [];
      for (let time = 0; time < times; time++) ends.push(await endWhile(state, ending));
      const list = (values: number[]) => values.toSorted((a, b) => a - b).join(', ');
      console.log(
        `${ending} while ${state}: engine gone after ${list(ends.map(({ engineMs }) => engineMs))} ms` +
          (ending === 'window closed'
            ? `; host after ${list(ends.map(({ hostMs }) => hostMs))} ms; told after ${list(ends.map(({ noticedMs }) => noticedMs))} ms`
            : ''),
      );
      worstMs = Math.max(worstMs, ...ends.map(({ engineMs }) => engineMs));
    }
  }
  console.log(`The slowest: ${worstMs} ms, the bar: ${BAR_MS} ms.`);
  return worstMs <= BAR_MS ? 0 : 1;
}
