import type { Tuning } from '../../../src/core/models/tuning.ts';
import { stat } from 'node:fs/promises';
import { type LlamaContextSequence, type Token } from 'node-llama-cpp';
import { chooseFimFormat, probedTexts } from '../../../src/core/completion/chooseFimFormat.ts';
import { buildPrompt, type PromptContext } from '../../../src/core/completion/prompt.ts';
import type { View } from '../../../src/core/completion/view.ts';
import type { Prompt, ReadyModel } from '../../../src/core/ports/model.ts';
import { LlamaBoundModel } from '../../../src/engine/llama/llamaModel.ts';
import { bareLlama } from '../../support/bareLlama.ts';

const BATCH_TOKENS = 512;

/** The context is larger than what prompts are built for, so that the true line fits behind any of them. */
const TRUTH_TOKENS = 256;

/** So unlikely that it makes no difference how much more; the logarithm of 0 would swallow all other figures. */
const SMALLEST_PROBABILITY = 1e-10;

/** What the model is asked about a line. */
export interface Question {
  readonly prompt: readonly number[];
  /** The true text, with what is healed before it. */
  readonly truth: readonly number[];
}

/** A model in this process that says how likely the true text was: the engine answers with text. */
export class ScoredModel implements AsyncDisposable {
  readonly ready: ReadyModel;
  private readonly _bound: LlamaBoundModel;
  private readonly _sequence: LlamaContextSequence;

  private constructor(bound: LlamaBoundModel, sequence: LlamaContextSequence, contextTokens: number) {
    this._bound = bound;
    this._sequence = sequence;
    const { facts } = bound;
    this.ready = {
      name: facts.name,
      format: chooseFimFormat({ ...facts, singleTokens: new Set(facts.singleTokens) }),
      contextTokens,
      backend: facts.backend,
      gpuLayers: facts.gpuLayers,
    };
  }

  /** @param contextTokens that prompts are built for. */
  static async load(path: string, contextTokens: number): Promise<ScoredModel> {
    const threads = 1;
    const llama = await bareLlama(threads);
    const model = await llama.loadModel({ modelPath: path });
    const contextOptions = {
      contextSize: contextTokens + TRUTH_TOKENS,
      // One is the engine's, which is not used.
      sequences: 2,
      batchSize: BATCH_TOKENS,
      flashAttention: false,
      threads,
    } as const;
    const context = await model.createContext(contextOptions);
    const known = { fileBytes: (await stat(path)).size, threads, probe: probedTexts(), contextOptions };
    const bound = new LlamaBoundModel(model, context, known);
    return new ScoredModel(bound, context.getSequence(), contextTokens);
  }

  /** The very prompt of a completion, and the true text behind it. Shrinks as a request does that turned out too long. */
  question(view: View, truth: string, context: PromptContext, tuning?: Tuning): Question {
    for (let scale = 1; ; scale *= 0.8) {
      const prompt = buildPrompt(view, { ...this.ready, ...(tuning && { tuning }) }, scale, context);
      const tokens = this.tokensOf(prompt);
      if (tokens.length > this.ready.contextTokens) continue;
      return { prompt: tokens, truth: this._bound.tokenize(prompt.heal + truth) };
    }
  }

  tokens(text: string): number {
    return this._bound.tokenize(text).length;
  }

  /** Natural logarithm of the true text's probability, mean over its tokens. */
  async meanLogProbability({ prompt, truth }: Question): Promise<number> {
    const sequence = this._sequence;
    const known = prompt.slice(0, -1) as Token[];
    const { firstDifferentIndex: kept } = sequence.compareContextTokens(known);
    const end = sequence.nextTokenIndex;
    if (kept < end) await sequence.eraseContextTokenRanges([{ start: kept, end }]);
    const rest = known.slice(kept);
    if (rest.length > 0) await sequence.evaluateWithoutGeneratingNewTokens(rest);
    const asked = [...prompt.slice(-1), ...truth.slice(0, -1)] as Token[];
    // At temperature 1 and without cuts these are the softmax of the logits.
    const options = { temperature: 1, topK: 0, topP: 1, minP: 0 };
    const outputs = await sequence.controlledEvaluate(
      asked.map((token) => [token, { generateNext: { probabilities: true, options } }]),
    );
    let sum = 0;
    truth.forEach((token, at) => {
      const probability = outputs[at]?.next.probabilities?.get(token as Token) ?? 0;
      sum += Math.log(Math.max(SMALLEST_PROBABILITY, probability));
    });
    return sum / truth.length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this._bound.dispose();
  }

  private tokensOf({ pieces }: Prompt): number[] {
    const bos = this._bound.bosToken;
    return [
      ...(bos === undefined ? [] : [bos]),
      ...pieces.flatMap((piece) => {
        if ('special' in piece) return this._bound.specialToken(piece.special) ?? [];
        return this._bound.tokenize('segment' in piece ? piece.segment : piece.text, piece.leadingSpace);
      }),
    ];
  }
}
