import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadedEngine } from '../../src/host/engineHost.ts';
import { ask } from './ask.ts';
import { bareModel } from './bareModel.ts';
import { sampleCode } from './sampleCode.ts';
import { median, quantile, rounded } from '../support/measure/statistics.ts';
import { withEngine } from './withEngine.ts';

const TRIES = 50;
const LONG_PROMPT_CHARS = 12_000;
const THROUGHPUT_TOKENS = 1_000;
const THROUGHPUT_ROUNDS = 5;
const SMALLEST_CHUNK = 16;

/**
 * How long an abort in the middle of a prefill takes until the engine is free again, and what share of the prefill
 * speed of one uninterruptible call is left by the chunks that make it quick.
 */
export async function abort(): Promise<Record<string, number>> {
  return withEngine(async (_engine, loaded) => {
    const share = await throughputShare(loaded);
    const waits: number[] = [];
    for (let attempt = 0; attempt < TRIES; attempt++) waits.push(await abortMs(loaded, attempt));
    const { lanes } = await loaded.connection.status();
    return {
      tries: TRIES,
      abortP50Ms: rounded(median(waits)),
      abortP95Ms: rounded(quantile(waits, 0.95)),
      chunkTokens: lanes[0]?.chunkTokens ?? NaN,
      prefillTokensPerSecond: rounded(lanes[0]?.prefillSpeed ?? NaN),
      chunkOf16Ms: rounded((1000 * SMALLEST_CHUNK) / (lanes[0]?.prefillSpeed ?? NaN)),
      throughputShareOfOneCall: rounded(share),
    };
  });
}

/** Aborts a prefill at a time that differs from try to try; the reply comes when the chunk in flight has ended. */
async function abortMs(engine: LoadedEngine, attempt: number): Promise<number> {
  const controller = new AbortController();
  // A first line of its own for each try, so that nothing of the prompt is in the KV cache.
  const prompt = `// try ${attempt}\n${sampleCode(LONG_PROMPT_CHARS)}`;
  const asked = ask(engine, prompt, { signal: controller.signal });
  await sleep(300 + ((attempt * 37) % 200));
  const abortedMs = performance.now();
  controller.abort();
  const { reply } = await asked;
  if (reply.finish !== 'cancelled') throw new Error('The prompt was too short: it ended before the abort.');
  return performance.now() - abortedMs;
}

/** Tokens a second in our chunks over those of the library's own single call, in alternation. */
async function throughputShare(engine: LoadedEngine): Promise<number> {
  const bare = await bareModel(false);
  try {
    const shares: number[] = [];
    for (let round = 0; round <= THROUGHPUT_ROUNDS; round++) {
      const prompt = promptOf(bare.model, `// round ${round}\n`);
      const bareMs = await bare.coldMs(bare.model.tokenize(prompt, false));
      const { reply } = await ask(engine, prompt);
      const ourMs = (reply.timings.firstTokenMs ?? NaN) - reply.timings.startedMs;
      // The first round warms both up.
      if (round > 0) shares.push(bareMs / ourMs);
    }
    return median(shares);
  } finally {
    await bare.dispose();
  }
}

function promptOf(model: Awaited<ReturnType<typeof bareModel>>['model'], first: string): string {
  const tokens = model.tokenize(first + sampleCode(LONG_PROMPT_CHARS), false).slice(0, THROUGHPUT_TOKENS);
  return model.detokenize(tokens, false);
}
