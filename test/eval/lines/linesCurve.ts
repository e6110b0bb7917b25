import { createHash } from 'node:crypto';
import { firstLine } from '../../../src/core/completion/shaping/settledText.ts';
import { shownPieces } from '../../../src/core/completion/writtenPiece.ts';
import { EvalProblem } from '../../support/measure/evalProblem.ts';
import { readJsonLines } from '../../support/measure/jsonLines.ts';
import { readOptions } from '../../support/measure/readOptions.ts';
import { curveText, type Told } from './curveText.ts';
import { fileOf, Hole } from './hole.ts';
import { Result } from './result.ts';
import { score } from './score.ts';

const USAGE = 'Usage: npm run eval -- lines-curve --data HOLES.jsonl --results RESULTS.jsonl';

/** One package in three is for choosing by, the others for reporting on. */
const CHOSEN_BY = 3;

/**
 * Results of {@link lines} of a model, which tell probabilities, as Markdown on stdout: which figure of the probabilities
 * tells right from wrong suggestions, and what a threshold leaves.
 */
export async function linesCurve(args: string[]): Promise<void> {
  const { values } = readOptions(
    { args, options: { data: { type: 'string' }, results: { type: 'string' } } },
    USAGE,
  );
  if (values.data === undefined || values.results === undefined) throw new EvalProblem(USAGE);
  const holes = new Map((await readJsonLines(values.data, Hole)).map((hole) => [hole.id, hole]));
  const results = await readJsonLines(values.results, Result);
  const told = results.flatMap((result) => {
    const hole = holes.get(result.id);
    return hole && result.text !== '' && result.written ? [{ hole, told: toldBy(hole, result) }] : [];
  });
  if (told.length === 0) throw new EvalProblem(`${values.results} has no suggestion with probabilities.`);
  const part = (chosenBy: boolean): Told[] =>
    told.filter(({ hole }) => isChosenBy(hole) === chosenBy).map(({ told }) => told);
  process.stdout.write(
    `${results.length} holes, ${told.length} suggestions.\n\n${curveText(part(true), part(false))}`,
  );
}

function toldBy(hole: Hole, result: Result): Told {
  const pieces = (result.written ?? []).map(([text, logProbability]) => ({ text, logProbability }));
  return {
    cluster: fileOf(hole),
    isRight: score(hole, result).isExact,
    logProbabilities: shownPieces(firstLine(result.text), pieces).map(({ logProbability }) => logProbability),
  };
}

/** Whole packages, so that no file of one tells of another. */
function isChosenBy({ package: name }: Hole): boolean {
  return createHash('sha256').update(name).digest().readUInt32BE(0) % CHOSEN_BY === 0;
}
