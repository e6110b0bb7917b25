import { type LlamaModel, readGgufFileInfo, type Token } from 'node-llama-cpp';
import { EvalProblem } from '../../support/measure/evalProblem.ts';
import { isMla } from '../../../src/engine/llama/isMla.ts';
import { bareLlama } from '../../support/bareLlama.ts';

export interface LikelihoodModel extends AsyncDisposable {
  readonly model: LlamaModel;
  /**
   * Natural logarithms of the probability that the model gives each token after the first, all before it being known.
   * @param from the first predictions that are left out: the one made at position 0 is of the second token.
   * @throws {@link EvalProblem} where there are more than the context holds: llama.cpp would drop the first ones silently.
   */
  logProbabilities(tokens: readonly Token[], from?: number): Promise<number[]>;
}

export interface LikelihoodOptions {
  readonly path: string;
  readonly threads: number;
  /** Keeps keys and values in F32, and computes attention without F16: for comparing with another implementation. */
  readonly exact: boolean;
}

const CONTEXT_TOKENS = 2048;
/** A map of the whole vocabulary comes back for each token. */
const TOKENS_AT_ONCE = 64;

/** At temperature 1 and without cuts these are the softmax of the logits. */
const PROBABILITIES = {
  generateNext: { probabilities: true, options: { temperature: 1, topK: 0, topP: 1, minP: 0 } },
} as const;

/** llama.cpp by itself, in this process: the engine answers with text, not with probabilities. */
export async function openLikelihoodModel(options: LikelihoodOptions): Promise<LikelihoodModel> {
  const { path, threads, exact } = options;
  const llama = await bareLlama(threads);
  const model = await llama.loadModel({ modelPath: path });
  const context = await model.createContext({
    contextSize: CONTEXT_TOKENS,
    sequences: 1,
    batchSize: TOKENS_AT_ONCE,
    flashAttention:
      !exact && isMla(await readGgufFileInfo(path, { sourceType: 'filesystem', logWarnings: false })),
    threads,
    ...(exact && { experimentalKvCacheKeyType: 'F32', experimentalKvCacheValueType: 'F32' }),
  });
  const sequence = context.getSequence();
  return {
    model,
    async logProbabilities(tokens, from = 0) {
      if (tokens.length > CONTEXT_TOKENS) {
        throw new EvalProblem(`A text has ${tokens.length} tokens; ${CONTEXT_TOKENS} are possible.`);
      }
      await sequence.clearHistory();
      const found: number[] = [];
      for (let at = 0; at < tokens.length - 1; at += TOKENS_AT_ONCE) {
        const piece = tokens.slice(at, Math.min(at + TOKENS_AT_ONCE, tokens.length - 1));
        const outputs = await sequence.controlledEvaluate(
          piece.map((token, index) => (at + index < from ? token : [token, PROBABILITIES])),
        );
        piece.forEach((_token, index) => {
          if (at + index < from) return;
          const next = tokens[at + index + 1];
          const probability = next === undefined ? 0 : (outputs[index]?.next.probabilities?.get(next) ?? 0);
          found.push(Math.log(probability));
        });
      }
      return found;
    },
    async [Symbol.asyncDispose]() {
      await context.dispose();
      await model.dispose();
    },
  };
}
