import type { LlamaContext, LlamaContextSequence, SequenceEvaluateOptions, Token } from 'node-llama-cpp';
import type { BoundSequence, Candidate, Choose } from '../binding.ts';

/**
 * Candidates asked for where one must agree with text already typed. All of a vocabulary of 50,000 cost 10 ms a request,
 * most of it in handing them to JavaScript.
 */
const CANDIDATES = 1024;

/**
 * A generated token's probability is told among so many. node-llama-cpp's own way, `confidence`, sorts the whole vocabulary:
 * with 49,152 tokens 5 ms a token, 1.36 times the time of one; this way 1.0 times (8,192 tokens: 1.6 and 1.05 times). What
 * the others have together is left out, which makes 0.17 of 0.165 and 0.40 of 0.398.
 */
const LIKELIEST = 128;

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

  async *generate(tokens: Token[], choose: Choose = likeliest): AsyncGenerator<Candidate, void, void> {
    const options = { ...listOf(LIKELIEST), yieldEogToken: true };
    const drawn = this._sequence.evaluateWithMetadata(tokens, { probabilities: true }, options);
    try {
      let next = await drawn.next();
      while (!next.done) {
        const chosen = choose(candidatesOf(next.value.probabilities));
        if (chosen === undefined) return;
        yield chosen;
        // In the place of the one drawn.
        next = await drawn.next(chosen.token as Token);
      }
    } finally {
      await drawn.return();
    }
  }

  async candidates(tokens: readonly Token[]): Promise<Iterable<Candidate>> {
    const last = tokens.length - 1;
    const options = listOf(CANDIDATES);
    const results = await this._sequence.controlledEvaluate(
      tokens.map((token, index) =>
        index === last ? [token, { generateNext: { probabilities: true, options } }] : token,
      ),
    );
    return [...candidatesOf(results[last]?.next.probabilities ?? [])];
  }
}

/** One by one: of 128 usually the first is all that is looked at. */
function* candidatesOf(probabilities: Iterable<[Token, number]>): Generator<Candidate, void, void> {
  for (const [token, probability] of probabilities) yield { token, probability };
}

/** The same prompt gives the same text. No repeat penalty: code repeats itself for good reasons. */
function likeliest(candidates: Iterable<Candidate>): Candidate | undefined {
  const [first] = candidates;
  return first;
}

/**
 * Lists the `count` most likely tokens, likeliest first. A temperature above 0 only because the list is not cut at 0; the
 * token drawn is not used.
 */
function listOf(count: number): SequenceEvaluateOptions {
  return { temperature: 1, topK: count, topP: 1, minP: 0, seed: 0 };
}
