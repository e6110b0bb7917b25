import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { EvalProblem } from '../../support/measure/evalProblem.ts';
import { countFrom, readOptions } from '../../support/measure/readOptions.ts';
import { openLikelihoodModel } from './tokenLogProbabilities.ts';

const USAGE = 'Usage: npm run eval -- bits --data TEXTS.jsonl --model MODEL.gguf [--threads 1]';

const textLine = v.object({ language: v.string(), text: v.string() });

/** Bits per byte of texts, per language: what an ideal compressor with this model would need. Independent of tokens. */
export async function bits(args: string[]): Promise<void> {
  const { values } = readOptions(
    {
      args,
      options: {
        data: { type: 'string' },
        model: { type: 'string' },
        threads: { type: 'string', default: '1' },
      },
    },
    USAGE,
  );
  const { data, model: path } = values;
  if (data === undefined || path === undefined) throw new EvalProblem(USAGE);
  const lines = (await readFile(data, 'utf8')).split('\n').filter((line) => line !== '');
  const texts = lines.map((line) => v.parse(textLine, JSON.parse(line)));
  await using opened = await openLikelihoodModel({
    path,
    threads: countFrom('threads', String(values.threads)),
    exact: false,
  });
  const sums = new Map</* language */ string, { nats: number; bytes: number }>();
  for (const { language, text } of texts) {
    const { bos } = opened.model.tokens;
    // Without BOS the first token has nothing to be predicted from, and is given away.
    const tokens = [...(bos === null ? [] : [bos]), ...opened.model.tokenize(text, false)];
    const sum = sums.get(language) ?? { nats: 0, bytes: 0 };
    for (const each of await opened.logProbabilities(tokens)) sum.nats -= each;
    sum.bytes += Buffer.byteLength(text);
    sums.set(language, sum);
  }
  const figures = [...sums].map(([language, { nats, bytes }]) => [language, nats / Math.LN2 / bytes]);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(figures), undefined, 2)}\n`);
}
