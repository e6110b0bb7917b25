import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadedEngine } from '../../src/host/engineHost.ts';
import type { ChatTurn } from '../../src/rpc/engineProtocol.ts';
import { ask } from './ask.ts';
import { sampleCode } from './sampleCode.ts';
import { median, quantile, rounded } from '../support/measure/statistics.ts';
import { withEngine } from './withEngine.ts';

/** A file in the editor, and one that is given to the chat. */
const FILE_CHARS = 3_500;
const CHAT_FILE_CHARS = 16_000;
const BLOCKS = 6;
const KEYS_EACH = 10;
/** The first key of a block pays for what the block before left in the processor's caches. */
const FIRST_KEYS = 1;
const ANSWER_TOKENS = 48;

type Kind = 'idle' | 'decoding' | 'prefilling';

const QUESTION: ChatTurn = { role: 'user', text: 'Explain in detail how a hash table works, step by step.' };

/**
 * First token of completions while someone types (all but a few tokens of the prompt are cached), with the chat idle, while it
 * writes, and while it reads a long file: in turn, in one run. And whether an answer is the same text with completions in between.
 */
export async function chatBeside(): Promise<Record<string, number>> {
  return withEngine(async (_engine, loaded) => {
    const typist = new Typist(loaded);
    await typist.key();
    const times: Record<Kind, number[]> = { idle: [], decoding: [], prefilling: [] };
    for (let block = 0; block < BLOCKS; block++) {
      times.idle.push(...(await typist.keys()));
      times.decoding.push(...(await beside(loaded, writing, () => typist.keys())));
      times.prefilling.push(...(await beside(loaded, reading, () => typist.keys())));
    }
    const { lanes } = await loaded.connection.status();
    const [lane] = lanes;
    const idleMs = median(times.idle);
    return {
      keys: times.idle.length,
      idleMs: rounded(idleMs),
      idleP95Ms: rounded(quantile(times.idle, 0.95)),
      decodingRatio: rounded(median(times.decoding) / idleMs),
      decodingP95Ratio: rounded(quantile(times.decoding, 0.95) / quantile(times.idle, 0.95)),
      prefillingMoreMs: rounded(median(times.prefilling) - idleMs),
      prefillingMoreP95Ms: rounded(quantile(times.prefilling, 0.95) - quantile(times.idle, 0.95)),
      chunkMs: rounded((1000 * (lane?.chunkTokens ?? NaN)) / (lane?.prefillSpeed ?? NaN)),
      sameAnswer: Number(await isSameAnswer(loaded, typist)),
    };
  });
}

/** Types statements behind a file, and asks at each. */
class Typist {
  private readonly _engine: LoadedEngine;
  private _text = sampleCode(FILE_CHARS);
  private _count = 0;

  constructor(engine: LoadedEngine) {
    this._engine = engine;
  }

  /** Milliseconds to the first token. */
  async key(): Promise<number> {
    this._text += `\nlet v${this._count} = ${this._count++};`;
    return (await ask(this._engine, this._text)).firstTextMs;
  }

  async keys(): Promise<number[]> {
    const times: number[] = [];
    for (let count = 0; count < KEYS_EACH + FIRST_KEYS; count++) {
      // Not in step with what the chat computes.
      await sleep(60 + ((this._count * 37) % 80));
      times.push(await this.key());
    }
    return times.slice(FIRST_KEYS);
  }
}

/** One conversation after another until `signal` aborts; `onStart` is called when what is to be measured beside has begun. */
type Talk = (engine: LoadedEngine, signal: AbortSignal, onStart: () => void) => Promise<void>;

const writing: Talk = async (engine, signal, onStart) => {
  while (!signal.aborted) await chat(engine, [QUESTION], { maxTokens: 400, signal, onText: onStart });
};

const reading: Talk = async (engine, signal, onStart) => {
  for (let count = 0; !signal.aborted; count++) {
    // A first line of its own for each, so that nothing of it is in the cache.
    const text = `// ${performance.now()}, ${count}\n${sampleCode(CHAT_FILE_CHARS)}`;
    const read = chat(engine, [{ role: 'user', text }], { maxTokens: 1, signal });
    await sleep(200);
    onStart();
    await read;
  }
};

async function beside<T>(engine: LoadedEngine, talk: Talk, measure: () => Promise<T>): Promise<T> {
  const ending = new AbortController();
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const talking = talk(engine, ending.signal, () => begin());
  try {
    await begun;
    return await measure();
  } finally {
    ending.abort();
    await talking;
  }
}

async function isSameAnswer(engine: LoadedEngine, typist: Typist): Promise<boolean> {
  const turns: ChatTurn[] = [{ role: 'user', text: `${sampleCode(2_000)}\n\nWhat does this code do?` }];
  const texts: string[] = [];
  for (const isAlone of [true, false]) {
    // Something else in between, so that all of the prompt is evaluated each time.
    await chat(engine, [QUESTION], { maxTokens: 1 });
    let text = '';
    let isDone = false;
    const answered = chat(engine, turns, {
      maxTokens: ANSWER_TOKENS,
      onText: (piece) => (text += piece),
    }).finally(() => (isDone = true));
    while (!isAlone && !isDone) await typist.key();
    await answered;
    texts.push(text);
  }
  return texts[0] !== '' && texts[0] === texts[1];
}

async function chat(
  { connection, modelId }: LoadedEngine,
  turns: ChatTurn[],
  options: { maxTokens: number; signal?: AbortSignal; onText?: (text: string) => void },
): Promise<void> {
  const { maxTokens, signal = new AbortController().signal, onText = () => undefined } = options;
  if (signal.aborted) return;
  await connection.chat({ model: modelId, prompt: { turns }, maxTokens }, onText, signal);
}
