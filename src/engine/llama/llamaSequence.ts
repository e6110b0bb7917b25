import type { LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp';
import type { BoundSequence } from '../binding.ts';

/**
 * Candidates asked for where one must agree with text already typed. All of a vocabulary of 50,000 cost 10 ms a request,
 * most of it in handing them to JavaScript.
 */
const CANDIDATES = 1024;

/**
 * {@link BoundSequence} on node-llama-cpp's low-level sequence, which gives exact control of what the KV cache keeps.
 * Its methods ask for mutable arrays and do not change them: no copies are made of prompts of 100,000 tokens.
 */
export class LlamaBoundSequence implements BoundSequence {
  readonly prefersChunksOf64: boolean;
  private readonly _sequence: LlamaContextSequence;

  constructor(context: LlamaContext) {
    this._sequence = context.getSequence();
    this.prefersChunksOf64 = context.model.llama.gpu === false && context.flashAttention === true;
  }

  get contextTokens(): number {
    return this._sequence.contextSize;
  }

  get length(): number {
    return this._sequence.nextTokenIndex;
  }

  commonPrefixLength(tokens: Token[]): number {
    return this._sequence.compareContextTokens(tokens).firstDifferentIndex;
  }

  async truncate(length: number): Promise<void> {
    const end = this._sequence.nextTokenIndex;
    if (length < end) await this._sequence.eraseContextTokenRanges([{ start: length, end }]);
  }

  async prefill(tokens: Token[]): Promise<void> {
    await this._sequence.evaluateWithoutGeneratingNewTokens(tokens);
  }

  generate(tokens: Token[]): AsyncGenerator<Token, void, void> {
    // Greedy: the same prompt gives the same text. No repeat penalty: code repeats itself for good reasons.
    return this._sequence.evaluate(tokens, { temperature: 0, yieldEogToken: true });
  }

  async candidates(tokens: readonly Token[]): Promise<Iterable<Token>> {
    const last = tokens.length - 1;
    // A temperature above 0 only because the list is not cut at 0; the token drawn is not used.
    const options = { temperature: 1, topK: CANDIDATES, topP: 1, minP: 0, seed: 0 };
    const results = await this._sequence.controlledEvaluate(
      tokens.map((token, index) =>
        index === last ? [token, { generateNext: { probabilities: true, options } }] : token,
      ),
    );
    return results[last]?.next.probabilities?.keys() ?? [];
  }
}
