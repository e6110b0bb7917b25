import { readFile, writeFile } from 'node:fs/promises';
import type { Token } from 'node-llama-cpp';
import * as v from 'valibot';
import { EvalProblem } from '../../support/measure/evalProblem.ts';
import { readOptions } from '../../support/measure/readOptions.ts';
import { openLikelihoodModel } from './tokenLogProbabilities.ts';

const USAGE =
  'Usage: npm run eval -- log-probabilities --data PROMPTS.jsonl --model MODEL.gguf --out FILE.jsonl';

const promptLine = v.object({ tokens: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))) });

/** Writes the log-probability of each token of given sequences, in full precision: to hold it against PyTorch's. */
export async function logProbabilities(args: string[]): Promise<void> {
  const { values } = readOptions(
    { args, options: { data: { type: 'string' }, model: { type: 'string' }, out: { type: 'string' } } },
    USAGE,
  );
  const { data, model: path, out } = values;
  if (data === undefined || path === undefined || out === undefined) throw new EvalProblem(USAGE);
  await using opened = await openLikelihoodModel({ path, threads: 1, exact: true });
  const found: string[] = [];
  for (const line of (await readFile(data, 'utf8')).split('\n')) {
    if (line === '') continue;
    const { tokens } = v.parse(promptLine, JSON.parse(line));
    // The edge where numbers of a file become tokens.
    found.push(JSON.stringify(await opened.logProbabilities(tokens as Token[])));
  }
  await writeFile(out, `${found.join('\n')}\n`);
}
