import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Task } from '../eval/run/task.ts';
import { askTask } from '../eval/run/askTask.ts';
import { everything } from '../eval/suites/cuts.ts';
import { continuationPrompt, holePrompt } from '../eval/suites/prompts.ts';
import { STARTER } from '../support/paths.ts';
import { startRealEngine } from '../support/realEngine.ts';

const ENGINE = join(import.meta.dirname, '../eval/engine/main.ts');

/** Long enough for several chunks, and alike enough that a usual engine would keep what they share. */
const HEAD = Array.from({ length: 16 }, (_, line) => `export const value${line} = ${line} * base;\n`).join(
  '',
);

describe('an evaluation', function () {
  this.timeout(120_000);

  it('that was interrupted goes on with the same samples', async () => {
    const all = await samples(TASKS);
    // Another engine process, and before each prompt another one than before.
    const backwards = (await samples(TASKS.toReversed())).toReversed();
    assert.deepEqual(backwards, all);
    assert.ok(all.some(({ text }) => text.length > 10));
  });
});

const TASKS = [
  task('a', `${HEAD}function sum(`),
  task('b', `${HEAD}function sum(values) {\n  return `),
  task('c', `${HEAD.slice(0, 400)}\nclass `),
  task('d', `${HEAD}function sum(values) {\n`, '\n}\n'),
  question('e', 'Write a function that adds two numbers.'),
  question('f', `What does this do?\n${HEAD.slice(0, 400)}`),
];

async function samples(tasks: readonly Task[]) {
  const engine = await startRealEngine({ modelPath: STARTER, contextTokens: 1024, threads: 1, main: ENGINE });
  try {
    const found = [];
    for (const each of tasks) found.push((await askTask(engine, each)).sample);
    return found;
  } finally {
    engine.dispose();
  }
}

function task(id: string, prefix: string, suffix = ''): Task {
  const prompt =
    suffix === '' ? continuationPrompt('javascript', prefix) : holePrompt('javascript', prefix, suffix);
  return { ...judged(id), prompt };
}

function question(id: string, text: string): Task {
  return { ...judged(id), question: text };
}

function judged(id: string) {
  return {
    id,
    group: 'javascript',
    cluster: id,
    maxTokens: 12,
    cut: everything,
    judge: { kind: 'exact' as const, matches: () => true },
  };
}
