import { availableParallelism } from 'node:os';
import { type LlamaContextSequence, type LlamaModel, type Token } from 'node-llama-cpp';
import { ensureModel } from '../model/fetchModel.ts';
import { bareLlama } from '../support/bareLlama.ts';
import { CONTEXT_TOKENS } from './withEngine.ts';

/** The library as one would use it without Deepwell, in this process. */
export interface BareModel {
  readonly model: LlamaModel;
  /** Milliseconds to the first token of a prompt of which nothing is cached. */
  coldMs(tokens: readonly Token[]): Promise<number>;
  /** Milliseconds to the first token when all but `tokens` is cached already. */
  warmMs(tokens: readonly Token[]): Promise<number>;
  dispose(): Promise<void>;
}

/** @param flashAttention as the engine sets it, or the library's own default. */
export async function bareModel(flashAttention: false | 'auto'): Promise<BareModel> {
  const threads = Math.max(1, availableParallelism() - 1);
  const llama = await bareLlama(threads);
  const model = await llama.loadModel({ modelPath: await ensureModel() });
  const context = await model.createContext({
    contextSize: CONTEXT_TOKENS,
    sequences: 1,
    batchSize: 512,
    flashAttention,
    threads,
  });
  const sequence = context.getSequence();
  return {
    model,
    async coldMs(tokens) {
      const startedMs = performance.now();
      await sequence.clearHistory();
      await firstToken(sequence, tokens);
      return performance.now() - startedMs;
    },
    async warmMs(tokens) {
      const startedMs = performance.now();
      await firstToken(sequence, tokens);
      return performance.now() - startedMs;
    },
    async dispose() {
      await context.dispose();
      await model.dispose();
    },
  };
}

async function firstToken(sequence: LlamaContextSequence, tokens: readonly Token[]): Promise<void> {
  for await (const _ of sequence.evaluate([...tokens], { temperature: 0, yieldEogToken: true })) return;
}
