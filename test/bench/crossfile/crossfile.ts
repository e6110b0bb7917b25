import { type Tuning, tuningOf } from '../../../src/core/models/tuning.ts';
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { MiddleStart } from '../../../src/core/completion/middleStart.ts';
import { Redactor } from '../../../src/core/context/redaction/redactor.ts';
import { EvalProblem } from '../../support/measure/evalProblem.ts';
import { Progress } from '../../support/measure/progress.ts';
import { countFrom, readOptions } from '../../support/measure/readOptions.ts';
import { seeded } from '../../../src/base/seeded.ts';
import { STARTER } from '../../support/paths.ts';
import { armsOf, relatedIn } from './arms.ts';
import { chooseLines, shuffled } from './crossLines.ts';
import { PACKAGES, type SourcePackage } from './packages.ts';
import { gather, NOTHING_BEFORE, type Place } from './places.ts';
import { figuresOf } from './report.ts';
import { Repository } from './repository.ts';
import { type Row, Rows } from './row.ts';
import { type Question, ScoredModel } from './scoredModel.ts';
import { gatherTraces } from './traces.ts';

const USAGE =
  'Usage: npm run bench -- crossfile [--model M.gguf] [--context-tokens 1024] [--limit LINES] [--traces LINES] ' +
  '[--half development|other] [--arms a,b] [--out ROWS.jsonl] [--json]';

const SEED = 20;
const LONG_SUFFIX: Tuning = {
  ...tuningOf(undefined, { threads: 0, contextTokens: 0, contextIsSet: false }),
  suffixChars: { value: 10_000, why: 'setting' },
};

/**
 * What files beside the open one are worth: how likely the true rest of a line is to a model that is shown the file alone,
 * its imports as open files, or what the context engine chose. Of real lines that use what another file defines.
 * @throws {@link EvalProblem}
 */
export async function crossfile(args: string[]): Promise<void> {
  const { values } = readOptions(
    {
      args,
      options: {
        model: { type: 'string', default: STARTER },
        'context-tokens': { type: 'string', default: '1024' },
        limit: { type: 'string', default: '320' },
        traces: { type: 'string', default: '96' },
        half: { type: 'string' },
        arms: { type: 'string' },
        out: { type: 'string' },
        json: { type: 'boolean' },
      },
    },
    USAGE,
  );
  const contextTokens = countFrom('context-tokens', values['context-tokens']);
  const packages = PACKAGES.filter(({ half }) => values.half === undefined || half === values.half);
  if (packages.length === 0) throw new EvalProblem(USAGE);
  const setup = `${basename(values.model)} with ${contextTokens} tokens`;
  const rows = await Rows.open(values.out, setup);
  await using model = await ScoredModel.load(values.model, contextTokens);

  const lines = Math.ceil(countFrom('limit', values.limit) / PACKAGES.length);
  const traces = values.traces === '0' ? 0 : Math.ceil(countFrom('traces', values.traces) / PACKAGES.length);
  const gathered: Place[] = [];
  for (const each of packages) gathered.push(...(await placesOf(each, lines, traces)));
  // So that the rows of a run that was stopped say something about all of it.
  const places = shuffled(gathered, seeded(SEED));

  const wanted = values.arms?.split(',');
  const progress = new Progress(places.length, (line) => process.stderr.write(line));
  for (const place of places) {
    const known = new Map</* prompt */ string, number>();
    for (const arm of armsOf(place)) {
      const id = `${place.id} ${arm}`;
      if (rows.has(id) || (wanted && !wanted.includes(arm))) continue;
      const { question, ...facts } = await questionOf(model, place, arm);
      const prompt = createHash('sha256').update(String(question.prompt)).digest('hex').slice(0, 16);
      const meanLogProbability = known.get(prompt) ?? (await model.meanLogProbability(question));
      known.set(prompt, meanLogProbability);
      await rows.add({ id, arm, ...rowOf(place), ...facts, prompt, meanLogProbability, setup });
    }
    progress.step();
  }
  const figures = { bench: 'crossfile', setup, ...figuresOf(rows.all) };
  process.stdout.write(values.json ? `${JSON.stringify(figures, undefined, 2)}\n` : table(figures));
}

async function placesOf(from: SourcePackage, lines: number, traces: number): Promise<Place[]> {
  await using repository = await Repository.open(from);
  const chosen = chooseLines(repository.texts.files, lines, seeded(SEED));
  const places: Place[] = [];
  // With luck of its own each, so that one line more or less does not change the others.
  for (const [at, line] of chosen.entries()) {
    places.push(await gather(repository, line, NOTHING_BEFORE, seeded(SEED + at)));
    if (at < traces) places.push(...(await gatherTraces(repository, line, seeded(SEED + at))));
  }
  process.stderr.write(`${from.name}: ${chosen.length} lines, ${places.length} places\n`);
  return places;
}

async function questionOf(
  model: ScoredModel,
  place: Place,
  arm: string,
): Promise<
  { question: Question } & Pick<Row, 'promptTokens' | 'truthTokens' | 'relatedChars' | 'suffixTokens'>
> {
  const related = await relatedIn(arm, place, model.ready);
  const lines = arm.startsWith('suffix ') ? Number(arm.slice('suffix '.length)) : undefined;
  const { view } = place;
  const seen = lines === undefined ? view : { ...view, suffix: firstLines(view.suffix, lines) };
  const context = { related, redactor: new Redactor(), middleStart: new MiddleStart() };
  const tuning = lines === undefined ? undefined : LONG_SUFFIX;
  const question = model.question(seen, place.truth, context, tuning);
  const withoutSuffix = model.question({ ...seen, suffix: '' }, place.truth, context, tuning);
  return {
    question,
    promptTokens: question.prompt.length,
    truthTokens: question.truth.length,
    relatedChars: related.excerpts.reduce((sum, { path, text }) => sum + path.length + text.length, 0),
    suffixTokens: question.prompt.length - withoutSuffix.prompt.length,
  };
}

function rowOf({ id, trace, repository, view, truth: _ }: Place) {
  const { name, half, language } = repository;
  return { place: id, trace, repository: name, half, language, file: `${name}/${view.path}` };
}

function firstLines(suffix: string, lines: number): string {
  // The first line end is that of the cursor's line.
  return suffix
    .split('\n')
    .slice(0, lines + 1)
    .join('\n');
}

function table(figures: Readonly<Record<string, string | number>>): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name.padEnd(52)}${value}\n`)
    .join('');
}
