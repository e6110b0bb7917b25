import { EvalProblem } from '../../support/measure/evalProblem.ts';
import { readJsonLines } from '../../support/measure/jsonLines.ts';
import { Progress } from '../../support/measure/progress.ts';
import { countFrom, readOptions } from '../../support/measure/readOptions.ts';
import { ResultsFile } from '../resultsFile.ts';
import { startRealEngine } from '../../support/realEngine.ts';
import { askModel } from './askModel.ts';
import { Hole } from './hole.ts';
import { byFile, firstOfEach } from './orderHoles.ts';
import { Result } from './result.ts';
import { shapeWritten, Written } from './shapeWritten.ts';
import { withoutSuffix } from './withoutSuffix.ts';

const USAGE = `Usage: npm run eval -- lines --data HOLES.jsonl --out RESULTS.jsonl [--limit N]
  with  --model MODEL.gguf [--without-suffix] [--context-tokens 2048] [--threads 1]
  or    --written WRITTEN.jsonl
--limit: the first N holes of each language and kind.`;

/** A suggestion for every hole that the results do not have yet: from a model, or from what another predictor wrote. */
export async function lines(args: string[]): Promise<void> {
  const options = linesOptions(args);
  const read = await readJsonLines(options.data, Hole);
  const holes = byFile(options.limit === undefined ? read : firstOfEach(read, options.limit));
  await using results = await ResultsFile.open(options.out, Result);
  const open = holes.filter(({ id }) => !results.has(id));
  if (open.length < holes.length)
    say(`${holes.length - open.length} of ${holes.length} holes are done already.\n`);
  if (options.written === undefined) await askAll(open, options, results);
  else await shapeAll(open, options.written, results);
}

async function askAll(
  holes: readonly Hole[],
  options: LinesOptions,
  results: ResultsFile<Result>,
): Promise<void> {
  if (holes.length === 0) return;
  const engine = await startRealEngine({
    modelPath: options.model,
    contextTokens: options.contextTokens,
    threads: options.threads,
  });
  try {
    const model = options.withoutSuffix ? withoutSuffix(engine.model) : engine.model;
    const progress = new Progress(holes.length, say);
    for (const hole of holes) {
      await results.add(await askModel(model, hole));
      progress.step();
    }
  } finally {
    engine.dispose();
  }
}

async function shapeAll(holes: readonly Hole[], path: string, results: ResultsFile<Result>): Promise<void> {
  const written = new Map((await readJsonLines(path, Written)).map((each) => [each.id, each.written]));
  const missing = holes.filter(({ id }) => !written.has(id)).length;
  for (const hole of holes) {
    const text = written.get(hole.id);
    if (text !== undefined) await results.add(shapeWritten(text, hole));
  }
  if (missing > 0) say(`${path} has nothing for ${missing} of ${holes.length} holes.\n`);
}

type LinesOptions = ReturnType<typeof linesOptions>;

function linesOptions(args: string[]) {
  const { values } = readOptions(
    {
      args,
      options: {
        data: { type: 'string' },
        out: { type: 'string' },
        limit: { type: 'string' },
        model: { type: 'string' },
        'without-suffix': { type: 'boolean', default: false },
        'context-tokens': { type: 'string', default: '2048' },
        threads: { type: 'string', default: '1' },
        written: { type: 'string' },
      },
    },
    USAGE,
  );
  const { data, out, model, written, limit } = values;
  if (data === undefined || out === undefined) throw new EvalProblem(USAGE);
  if ((model === undefined) === (written === undefined)) throw new EvalProblem(USAGE);
  return {
    data,
    out,
    model,
    written,
    withoutSuffix: values['without-suffix'],
    contextTokens: countFrom('context-tokens', values['context-tokens']),
    threads: countFrom('threads', values.threads),
    limit: limit === undefined ? undefined : countFrom('limit', limit),
  };
}

function say(text: string): void {
  process.stderr.write(text);
}
