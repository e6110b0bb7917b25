import { buildPrompt } from '../../../src/core/completion/prompt.ts';
import { MiddleStart } from '../../../src/core/completion/middleStart.ts';
import { Redactor } from '../../../src/core/context/redaction/redactor.ts';
import type { RelatedPart } from '../../../src/core/context/relatedPart.ts';
import type { ReadyModel } from '../../../src/core/ports/model.ts';
import { relatedIn } from '../../bench/crossfile/arms.ts';
import { chooseLines } from '../../bench/crossfile/crossLines.ts';
import { PACKAGES, type SourcePackage } from '../../bench/crossfile/packages.ts';
import { gather, NOTHING_BEFORE, type Place } from '../../bench/crossfile/places.ts';
import { Repository } from '../../bench/crossfile/repository.ts';
import { seeded } from '../../../src/base/seeded.ts';
import type { Suite, Task } from '../run/task.ts';
import { restOfLine } from './cuts.ts';

const LINES_PER_PACKAGE = 40;
const SEED = 20;
const MAX_TOKENS = 96;

/** What of other files the prompt shows, in the words of the report and of the bench. */
const ARMS = [
  ['file alone', 'none'],
  ['with imports', 'neighbours'],
  ['with context engine', 'engine'],
] as const;

/**
 * The rest of a line that uses what another file of its repository defines, of published packages that none of our models was trained
 * on, with and without the extension's own context engine. After RepoBench's next line (arXiv 2306.03091, section 3.2); the lines are those of
 * `npm run bench -- crossfile`.
 */
export const nextLine: Suite = {
  name: 'next-line',
  metric: 'exact match',
  async tasks(_data, contextTokens) {
    const tasks: Task[] = [];
    for (const each of PACKAGES) tasks.push(...(await tasksOf(each, contextTokens)));
    return tasks;
  },
};

async function tasksOf(from: SourcePackage, contextTokens: number): Promise<Task[]> {
  await using repository = await Repository.open(from);
  const chosen = chooseLines(repository.texts.files, LINES_PER_PACKAGE, seeded(SEED));
  const tasks: Task[] = [];
  for (const [at, line] of chosen.entries()) {
    const place = await gather(repository, line, NOTHING_BEFORE, seeded(SEED + at));
    for (const [name, arm] of ARMS) {
      tasks.push(taskOf(place, name, await relatedIn(arm, place, roomOf(contextTokens))));
    }
  }
  return tasks;
}

function taskOf({ id, view, truth, repository }: Place, arm: string, related: RelatedPart): Task {
  return {
    id: `${id} ${arm}`,
    group: `${repository.language}, ${arm}`,
    cluster: `${repository.name}/${view.path}`,
    prompt: (model) =>
      buildPrompt(view, model, 1, { related, redactor: new Redactor(), middleStart: new MiddleStart() }),
    maxTokens: MAX_TOKENS,
    cut: restOfLine,
    judge: { kind: 'exact', matches: (text) => text.trim() === truth.trim() },
  };
}

/** All that a prompt's room depends on, before a model is loaded. */
function roomOf(contextTokens: number): ReadyModel {
  return { name: '', format: undefined, contextTokens, backend: '', gpuLayers: 0 };
}
