import type { Workbench } from './workbench.ts';

/** Every ghost text painted, frame by frame, while `act` runs. */
export async function ghostsWhile(
  workbench: Workbench,
  act: () => Promise<void>,
): Promise<(string | undefined)[]> {
  const ghosts: (string | undefined)[] = [];
  let acting = true;
  const watching = (async () => {
    while (acting) ghosts.push(await workbench.ghostText());
  })();
  await act();
  acting = false;
  await watching;
  return ghosts;
}
