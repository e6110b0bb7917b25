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

/** Two rounds that differ by more were not timed alone, and what they say would be believed for good. */
const STEADY_RATIO = 1.5;

/** What else may want memory meanwhile keeps this much of what is free. */
const SPARED_SHARE = 0.5;

type Options = Omit<ParamsOf<'measure'>, 'model'>;

/**
 * Times `model` in a context of its own: 64 tokens of prefill, 16 as a key has, 8 generated, all behind `depthTokens`.
 * @throws EngineError `not-enough-memory`; `cancelled` after the chunk in flight, or where the machine is not quiet.
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
  refuseUnsteady(rounds);
  return {
    prefillMs: Math.min(...rounds.map((each) => each.prefillMs)),
    keyMs: Math.min(...rounds.map((each) => each.keyMs)),
    tokenMs: Math.min(...rounds.map((each) => each.tokenMs)),
  };
}

function refuseUnsteady(rounds: readonly MeasureReply[]): void {
  for (const name of ['prefillMs', 'keyMs', 'tokenMs'] as const) {
    const times = rounds.map((round) => round[name]);
    if (Math.max(...times) <= STEADY_RATIO * Math.min(...times)) continue;
    throw new EngineError('cancelled', 'Something else keeps the machine busy: the times are not steady.');
  }
}

/** Milliseconds a token, the first one left out: its time is that of what stands before it. */
async function tokenMs(
  sequence: LlamaContextSequence,
  sample: readonly Token[],
  signal: AbortSignal,
): Promise<number> {
  const generated = sequence.evaluate(sample.slice(0, 1), { temperature: 0, yieldEogToken: true });
  try {
    await generated.next();
    const startedMs = performance.now();
    for (let count = 1; count < GENERATED_TOKENS; count++) {
      throwIfOver(signal);
      await generated.next();
    }
    return (performance.now() - startedMs) / (GENERATED_TOKENS - 1);
  } finally {
    await generated.return();
  }
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
