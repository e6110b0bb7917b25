import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GgufInsights, readGgufFileInfo } from 'node-llama-cpp';
import { batchTokens } from '../../src/base/batchTokens.ts';
import { memoryNeed } from '../../src/core/models/memory.ts';
import type { PromptPiece } from '../../src/core/ports/model.ts';
import { contextBytes } from '../../src/engine/llama/checkMemory.ts';
import { isMla } from '../../src/engine/llama/isMla.ts';
import { EngineConnection } from '../../src/host/engineConnection.ts';
import { forkProcess } from '../../src/host/forkProcess.ts';
import { bareLlama } from '../support/bareLlama.ts';
import { collectGarbage } from '../support/collectGarbage.ts';
import { ENGINE } from '../support/realEngine.ts';
import { type DeepseekLayout, writeSyntheticDeepseek } from '../support/syntheticDeepseek.ts';
import { TemporaryFolder } from '../support/temporaryFolder.ts';
import { rounded } from '../support/measure/statistics.ts';

const CONTEXT_TOKENS = 131_072;
const PROMPT_TOKENS = 120_000;

/** Of the starter's vocabulary: 10 tokens. */
const LINE = 'const answer = compute(first, second);\n';
const LINE_TOKENS = 10;

/** Lines of one segment. */
const SEGMENT_LINES = 32;

/** The engine of `npm run eval` evaluates in chunks of 64, which are whole batches here, whatever their time. */
const WHOLE_BATCHES = join(import.meta.dirname, '../eval/engine/main.ts');

const NEVER = new AbortController().signal;

/**
 * The whole window: a prompt of 120,000 tokens in segments through the engine process, then one key more; and what of the
 * memory was known before. Takes minutes: attention is quadratic.
 */
export async function window(): Promise<Record<string, number>> {
  const folder = await TemporaryFolder.with();
  try {
    return { ...(await figuresOf('mla', folder.path)), ...(await figuresOf('legacy', folder.path)) };
  } finally {
    await folder.remove();
  }
}

async function figuresOf(layout: DeepseekLayout, folder: string): Promise<Record<string, number>> {
  const path = join(folder, `${layout}.gguf`);
  await writeSyntheticDeepseek(path, layout);
  const logPath = join(folder, `${layout}.log`);
  const asked = await askWindow(path, logPath, PROMPT_TOKENS, CONTEXT_TOKENS, { settle: collectGarbage });
  const whole = await askWindow(path, logPath, PROMPT_TOKENS, CONTEXT_TOKENS, {
    settle: collectGarbage,
    main: WHOLE_BATCHES,
    hasKey: false,
  });
  const figures = {
    PromptTokens: asked.promptTokens,
    PrefillSeconds: asked.prefillMs / 1000,
    PackAndSendMs: asked.outsideMs,
    KeyEvaluatedTokens: asked.keyEvaluatedTokens,
    KeyReusedTokens: asked.keyReusedTokens,
    KeyMs: asked.keyMs,
    PredictedMb: asked.predictedBytes / 1e6,
    LibraryPredictedMb: asked.libraryPredictedBytes / 1e6,
    UsedMb: asked.usedBytes / 1e6,
    PredictedOverUsed: asked.predictedBytes / asked.usedBytes,
    // A slow machine evaluates fewer tokens at once than there is memory set aside for, and touches less of it.
    UsedByWholeBatchesMb: whole.usedBytes / 1e6,
    PredictedOverUsedByWholeBatches: whole.predictedBytes / whole.usedBytes,
  };
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [layout + name, rounded(value)]));
}

export interface AskedWindow {
  readonly promptTokens: number;
  readonly prefillMs: number;
  /** Of the first prompt, beside the engine's own time. */
  readonly outsideMs: number;
  readonly keyEvaluatedTokens: number;
  readonly keyReusedTokens: number;
  readonly keyMs: number;
  /** What the formula says before anything is loaded, without the weights: those are mapped, not copied. */
  readonly predictedBytes: number;
  /** Of these, the context, as the engine itself asks llama.cpp before it loads. */
  readonly libraryPredictedBytes: number;
  /** Anonymous memory of the engine process after the key, less what it had before the load. */
  readonly usedBytes: number;
}

export interface AskOptions {
  /** Waited for before the process's memory is read. */
  readonly settle?: (pid: number) => Promise<void>;
  /** The engine process's main file. Default: the extension's own. */
  readonly main?: string;
  /** Whether a key is typed behind the prompt. Default: yes. */
  readonly hasKey?: boolean;
}

/** Fills the window of the model at `path` and types one key at its end. */
export async function askWindow(
  path: string,
  logPath: string,
  promptTokens: number,
  contextTokens: number,
  { settle = async () => undefined, main = ENGINE, hasKey = true }: AskOptions = {},
): Promise<AskedWindow> {
  const libraryPredictedBytes = await libraryContextBytes(path, contextTokens);
  const engine = await forkProcess(main, logPath);
  const connection = await EngineConnection.open(engine, 'bench');
  const memoryNow = async (): Promise<number> => {
    if (engine.pid === undefined) throw new Error('The engine process has no id.');
    await settle(engine.pid);
    return anonymousBytes(engine.pid);
  };
  try {
    const [header] = (await connection.inspect([path], 'off', NEVER)).files;
    if (!header) throw new Error('The synthetic model has no header.');
    const need = memoryNeed(0, header, contextTokens);
    const beforeBytes = await memoryNow();
    await connection.load(
      { model: 'm', path, contextTokens, threads: 0, gpu: 'off', probe: [] },
      () => undefined,
      NEVER,
    );
    const complete = async (pieces: readonly PromptPiece[]) => {
      const startedMs = performance.now();
      const options = { pieces, heal: '', maxTokens: 1, stop: [], signal: NEVER, onText: () => undefined };
      const reply = await connection.complete('m', options);
      return { reply, outsideMs: performance.now() - startedMs - reply.timings.totalMs };
    };
    const prompt = piecesOf(promptTokens);
    const first = await complete(prompt);
    const key = hasKey ? await complete([...prompt, { text: 'x', leadingSpace: false }]) : first;
    return {
      promptTokens: first.reply.promptTokens,
      prefillMs: first.reply.timings.prefilledMs,
      outsideMs: first.outsideMs,
      keyEvaluatedTokens: key.reply.evaluatedTokens,
      keyReusedTokens: key.reply.reusedTokens,
      keyMs: key.reply.timings.firstTokenMs ?? NaN,
      predictedBytes: need.totalBytes,
      libraryPredictedBytes,
      usedBytes: (await memoryNow()) - beforeBytes,
    };
  } finally {
    engine.kill();
    await engine.exited;
  }
}

function piecesOf(tokens: number): PromptPiece[] {
  const lines = Math.floor(tokens / LINE_TOKENS);
  return Array.from({ length: Math.ceil(lines / SEGMENT_LINES) }, (_, index) => {
    const first = index * SEGMENT_LINES;
    const text = LINE.repeat(Math.min(SEGMENT_LINES, lines - first));
    // No two are the same: the engine would know them after the first.
    return { segment: text.replace('answer', `answer${index}`), leadingSpace: false };
  });
}

async function libraryContextBytes(path: string, contextTokens: number): Promise<number> {
  const llama = await bareLlama(1);
  try {
    const info = await readGgufFileInfo(path, { sourceType: 'filesystem', logWarnings: false });
    const insights = await GgufInsights.from(info, llama);
    const flashAttention = isMla(info);
    return await contextBytes(insights, {
      ...{ contextTokens, flashAttention },
      batchTokens: batchTokens(contextTokens, flashAttention),
    });
  } finally {
    await llama.dispose();
  }
}

/** `RssAnon` of Linux: neither mapped weights nor libraries count. With V8's garbage in it, it moves by 50 MB from run to run. */
async function anonymousBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return 1024 * Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]);
}
