import assert from 'node:assert/strict';
import { drawTasks } from '../../../eval/run/drawTasks.ts';
import type { Task } from '../../../eval/run/task.ts';

describe('drawing tasks', () => {
  const tasks = ['a', 'b'].flatMap((group) => [...'0123456789'].map((number) => task(group, number)));

  it('takes so many of each group, in turn', () => {
    assert.equal(
      drawTasks(tasks, 3, 1)
        .map(({ group }) => group)
        .join(''),
      'ababab',
    );
  });

  it('gives the same ones first when more are wanted', () => {
    assert.deepEqual(ids(3, 1), ids(7, 1).slice(0, 3));
    assert.deepEqual(ids(10, 1), ids(undefined, 1));
    assert.deepEqual(ids(undefined, 1).toSorted(), [...'0123456789']);
  });

  it('depends on the seed', () => {
    assert.notDeepEqual(ids(undefined, 1), ids(undefined, 2));
  });

  function ids(limit: number | undefined, seed: number): string[] {
    return drawTasks(tasks.slice(0, 10), limit, seed).map(({ cluster }) => cluster);
  }
});

function task(group: string, number: string): Task {
  return {
    id: `${group}${number}`,
    group,
    cluster: number,
    prompt: () => ({ pieces: [], heal: '' }),
    maxTokens: 1,
    cut: (text) => ({ text, complete: false }),
    judge: { kind: 'exact', matches: () => true },
  };
}
