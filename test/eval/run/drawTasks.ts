import { seeded } from '../../support/seeded.ts';
import type { Task } from './task.ts';

/**
 * `limit` tasks of each group, drawn with a seed and in the order they were drawn: a larger limit gives the same ones
 * first, so that a run can be made longer afterwards. Without a limit all, in the same order.
 */
export function drawTasks(tasks: readonly Task[], limit: number | undefined, seed: number): Task[] {
  const groups = [...new Set(tasks.map(({ group }) => group))];
  return groups.flatMap((group) =>
    shuffled(
      tasks.filter((task) => task.group === group),
      seeded(seed),
    ).slice(0, limit),
  );
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const left = [...items];
  const drawn: T[] = [];
  while (left.length > 0) drawn.push(...left.splice(Math.floor(random() * left.length), 1));
  return drawn;
}
