import type { LlamaContext, LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import { EngineError } from '../../rpc/engineError.ts';
import type { MeasureReply, ParamsOf } from '../../rpc/engineProtocol.ts';
import { availableBytes } from './availableBytes.ts';
import { contextBytes } from './checkMemory.ts';
import { flashAttentionOf } from './flashAttention.ts';

const PREFILL_TOKENS = 64;
const KEY_TOKENS = 16;
const GENERATED_TOKENS = 8;

/** The quicker of two: what else runs on the machine only makes things slower. */
const ROUNDS = 2;

/** What else may want memory meanwhile keeps this much of what is free. */
const SPARED_SHARE = 0.5;

type Options = Omit<ParamsOf<'measure'>, 'model'>;

/**
 * Times `model` in a context of its own: 64 tokens of prefill, 16 as a key has, 8 generated, all behind `depthTokens`.
 * @throws EngineError `not-enough-memory`; `cancelled` after the chunk in flight.
 */
export async function measure(
  model: LlamaModel,
  sample: readonly Token[],
  { flashAttention, threads, depthTokens }: Options,
  signal: AbortSignal,
): Promise<MeasureReply> {
  const contextTokens =
    depthTokens + ROUNDS * (PREFILL_TOKENS + KEY_TOKENS + GENERATED_TOKENS) + PREFILL_TOKENS;
  const need = { contextTokens, batchTokens: PREFILL_TOKENS, flashAttention };
  await refuseWhereTight(model, need);
  throwIfOver(signal);
  const context = await model.createContext({
    contextSize: contextTokens,
    batchSize: PREFILL_TOKENS,
    sequences: 1,
    // On a GPU it is not forced.
    flashAttention: flashAttentionOf({ asked: flashAttention, gpu: model.llama.gpu, isMla: false }),
    threads,
    swaFullCache: true,
    failedCreationRemedy: false,
  });
  try {
    return await timed(context, sample, depthTokens, signal);
  } finally {
    await context.dispose();
  }
}

async function timed(
  context: LlamaContext,
  sample: readonly Token[],
  depthTokens: number,
  signal: AbortSignal,
): Promise<MeasureReply> {
  const sequence = context.getSequence();
  const prefillMs = async (count: number): Promise<number> => {
    throwIfOver(signal);
    const tokens = Array.from({ length: count }, (_, index) => sample[index % sample.length] ?? sample[0]);
    const startedMs = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.filter((token) => token !== undefined));
    return performance.now() - startedMs;
  };
  // The first evaluation of a context also sets up its buffers.
  await prefillMs(Math.min(PREFILL_TOKENS, depthTokens) || KEY_TOKENS);
  while (sequence.nextTokenIndex + PREFILL_TOKENS <= depthTokens) await prefillMs(PREFILL_TOKENS);
  const rounds: MeasureReply[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({
      prefillMs: await prefillMs(PREFILL_TOKENS),
      keyMs: await prefillMs(KEY_TOKENS),
      tokenMs: await tokenMs(sequence, sample, signal),
    });
  }
  return {
    prefillMs: Math.min(...rounds.map((each) => each.prefillMs)),
    keyMs: Math.min(...rounds.map((each) => each.keyMs)),
    tokenMs: Math.min(...rounds.map((each) => each.tokenMs)),
  };
}

/** Milliseconds a token, the first one left out: its time is that of what stands before it. */
async function tokenMs(
  sequence: LlamaContextSequence,
  sample: readonly Token[],
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  let startedMs = performance.now();
  for await (const _ of sequence.evaluate(sample.slice(0, 1), { temperature: 0, yieldEogToken: true })) {
    throwIfOver(signal);
    if (count === 0) startedMs = performance.now();
    if (++count === GENERATED_TOKENS) break;
  }
  return (performance.now() - startedMs) / Math.max(1, count - 1);
}

async function refuseWhereTight(model: LlamaModel, need: Parameters<typeof contextBytes>[1]): Promise<void> {
  if (model.llama.gpu !== false) return;
  const neededBytes = await contextBytes(model.fileInsights, need);
  const freeBytes = availableBytes();
  if (neededBytes <= SPARED_SHARE * freeBytes) return;
  throw new EngineError('not-enough-memory', 'There is no room for a second context.', {
    neededBytes,
    freeBytes,
  });
}

function throwIfOver(signal: AbortSignal): void {
  if (signal.aborted) throw new EngineError('cancelled', 'Measuring was cancelled.');
}
