import { join } from 'node:path';
import { startRealEngine } from '../../support/realEngine.ts';
import { DataFolder } from '../data/dataFolder.ts';
import { EvalProblem } from '../../support/measure/evalProblem.ts';
import { readJsonLines } from '../../support/measure/jsonLines.ts';
import { findRuntimes, type Runtimes } from '../languages/runtimes.ts';
import { Progress } from '../../support/measure/progress.ts';
import { countFrom, readOptions } from '../../support/measure/readOptions.ts';
import { ResultsFile } from '../resultsFile.ts';
import { sandboxProblem } from '../sandbox/sandbox.ts';
import { askTask } from './askTask.ts';
import { drawTasks } from './drawTasks.ts';
import { judge } from './judge.ts';
import { beginRun, readRun } from './runInfo.ts';
import { Sample, Speed, Verdict } from './sample.ts';
import type { Suite, Task } from './task.ts';

const USAGE = `Usage: npm run eval -- SUITE --data DIR --out DIR --model MODEL.gguf
  [--limit N] [--seed 1] [--context-tokens 2048] [--threads 1]
or, to judge what is written already: npm run eval -- SUITE --data DIR --out DIR
--limit: N tasks of each language, drawn with the seed.`;

const ENGINE = join(import.meta.dirname, '../engine/main.ts');

/** Asks a model all tasks that have no sample yet, and then judges all samples that have no verdict yet. */
export async function runSuite(suite: Suite, args: string[]): Promise<void> {
  const options = suiteOptions(args);
  const data = new DataFolder(options.data);
  const path = (kind: string): string => join(options.out, `${suite.name}.${kind}.jsonl`);
  if (options.model !== undefined) {
    await beginRun(options.out, { ...options, model: options.model });
    const tasks = drawTasks(await suite.tasks(data, options.contextTokens), options.limit, options.seed);
    await using samples = await ResultsFile.open(path('samples'), Sample);
    await using speeds = await ResultsFile.open(path('speeds'), Speed);
    const open = tasks.filter(({ id }) => !samples.has(id));
    say(`${suite.name}: ${open.length} of ${tasks.length} tasks to ask.\n`);
    await askAll(open, { ...options, model: options.model }, samples, speeds);
  }
  const { contextTokens } = await readRun(options.out);
  const byId = new Map((await suite.tasks(data, contextTokens)).map((task) => [task.id, task]));
  await judgeAll(await readJsonLines(path('samples'), Sample), byId, path('verdicts'));
}

async function askAll(
  tasks: readonly Task[],
  options: { model: string; contextTokens: number; threads: number },
  samples: ResultsFile<Sample>,
  speeds: ResultsFile<Speed>,
): Promise<void> {
  if (tasks.length === 0) return;
  const engine = await startRealEngine({ ...options, modelPath: options.model, main: ENGINE });
  try {
    const progress = new Progress(tasks.length, say);
    for (const task of tasks) {
      const { sample, speed } = await askTask(engine, task);
      // First: a sample whose speed is lost is a sample, and is not asked again.
      await samples.add(sample);
      if (speed && !speeds.has(speed.id)) await speeds.add(speed);
      progress.step();
    }
  } finally {
    engine.dispose();
  }
}

async function judgeAll(
  samples: readonly Sample[],
  tasks: ReadonlyMap<string, Task>,
  path: string,
): Promise<void> {
  await using verdicts = await ResultsFile.open(path, Verdict);
  const open = samples.filter(({ id }) => !verdicts.has(id));
  if (open.length === 0) return;
  const runtimes = await availableRuntimes(open.flatMap(({ id }) => tasks.get(id) ?? []));
  const progress = new Progress(open.length, say);
  let unjudged = 0;
  for (const sample of open) {
    const task = tasks.get(sample.id);
    if (!task) throw new EvalProblem(`The data has no task ${sample.id}.`);
    const verdict = await judge(task, sample, runtimes);
    if (verdict) await verdicts.add(verdict);
    else unjudged++;
    progress.step();
  }
  if (unjudged > 0) say(`${unjudged} samples are not judged; run this again where they can be.\n`);
}

/** Undefined where no code is run here. */
async function availableRuntimes(tasks: readonly Task[]): Promise<Runtimes | undefined> {
  if (tasks.every((task) => task.judge.kind === 'exact')) return undefined;
  const problem = await sandboxProblem();
  if (problem !== undefined) {
    say(`Model-written code is not run here: the sandbox ${problem}.\n`);
    return undefined;
  }
  const runtimes = await findRuntimes();
  for (const [language, why] of runtimes.missing) say(`${language} cannot be judged here: ${why}\n`);
  return runtimes;
}

function suiteOptions(args: string[]) {
  const { values } = readOptions(
    {
      args,
      options: {
        data: { type: 'string' },
        out: { type: 'string' },
        model: { type: 'string' },
        limit: { type: 'string' },
        seed: { type: 'string', default: '1' },
        'context-tokens': { type: 'string', default: '2048' },
        threads: { type: 'string', default: '1' },
      },
    },
    USAGE,
  );
  const { data, out, model, limit } = values;
  if (data === undefined || out === undefined) throw new EvalProblem(USAGE);
  return {
    data,
    out,
    model,
    limit: limit === undefined ? undefined : countFrom('limit', limit),
    seed: countFrom('seed', values.seed),
    contextTokens: countFrom('context-tokens', values['context-tokens']),
    threads: countFrom('threads', values.threads),
  };
}

function say(text: string): void {
  process.stderr.write(text);
}
