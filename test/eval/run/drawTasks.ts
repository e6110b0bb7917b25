import { seeded } from '../../../src/base/seeded.ts';
import type { Task } from './task.ts';

/**
 * `limit` tasks of each group, drawn with a seed: one of each group, then the next of each. So a run that ends early has
 * asked all groups, and a larger limit gives the same ones first. Without a limit all, in the same order.
 */
export function drawTasks(tasks: readonly Task[], limit: number | undefined, seed: number): Task[] {
  const groups = [...new Set(tasks.map(({ group }) => group))].map((group) =>
    shuffled(
      tasks.filter((task) => task.group === group),
      seeded(seed),
    ).slice(0, limit),
  );
  const rounds = Math.max(0, ...groups.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => groups.flatMap((group) => group[round] ?? [])).flat();
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const left = [...items];
  const drawn: T[] = [];
  while (left.length > 0) drawn.push(...left.splice(Math.floor(random() * left.length), 1));
  return drawn;
}
