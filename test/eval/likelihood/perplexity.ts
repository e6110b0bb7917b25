import { readFile } from 'node:fs/promises';
import type { Token } from 'node-llama-cpp';
import { EvalProblem } from '../../support/measure/evalProblem.ts';
import { Progress } from '../../support/measure/progress.ts';
import { countFrom, readOptions } from '../../support/measure/readOptions.ts';
import { chunked, firstScored } from './perplexityChunks.ts';
import { openLikelihoodModel } from './tokenLogProbabilities.ts';

const USAGE =
  'Usage: npm run eval -- perplexity --model MODEL.gguf [--chunk 512] [--threads 1] FILE…\n' +
  'The files are one text, one after the other.';

/** Perplexity of a text as llama.cpp's own tool counts it, so that the two can be compared. */
export async function perplexity(args: string[]): Promise<void> {
  const { values, positionals } = readOptions(
    {
      args,
      allowPositionals: true,
      options: {
        model: { type: 'string' },
        chunk: { type: 'string', default: '512' },
        threads: { type: 'string', default: '1' },
      },
    },
    USAGE,
  );
  if (values.model === undefined || positionals.length === 0) throw new EvalProblem(USAGE);
  const text = (await Promise.all(positionals.map((file) => readFile(file, 'utf8')))).join('');
  await using opened = await openLikelihoodModel({
    path: values.model,
    threads: countFrom('threads', values.threads),
    exact: false,
  });
  const { tokens: special } = opened.model;
  const bos = special.shouldPrependBosToken && special.bos !== null ? special.bos : undefined;
  const tokens: Token[] = [...(bos === undefined ? [] : [bos]), ...opened.model.tokenize(text, false)];
  const chunks = chunked(tokens, countFrom('chunk', values.chunk), bos);
  if (chunks.length === 0) throw new EvalProblem('The text is shorter than one chunk.');
  const progress = new Progress(chunks.length, (line) => process.stderr.write(line));
  let nats = 0;
  let scored = 0;
  for (const chunk of chunks) {
    for (const each of await opened.logProbabilities(chunk, firstScored(chunk.length))) {
      nats -= each;
      scored++;
    }
    progress.step();
  }
  const figures = { perplexity: Math.exp(nats / scored), chunks: chunks.length, tokens: scored };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
