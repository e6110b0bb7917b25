import { Lane } from '../../../src/engine/lane.ts';
import { SegmentStore } from '../../../src/engine/segmentStore.ts';
import type { Prompt } from '../../../src/core/ports/model.ts';
import { encodePrompt, SentSegments } from '../../../src/host/promptSegments.ts';
import { ScriptedModel } from '../../support/scriptedBinding.ts';

/** Prompts of the bench are DeepSeek's. */
const HOLE = '<｜fim▁hole｜>';

const NEVER = new AbortController().signal;

export interface Counted {
  readonly promptTokens: number;
  readonly reusedTokens: number;
  readonly evaluatedTokens: number;
  /** Of these, what stands behind the cursor: in PSM order it is evaluated at each key. */
  readonly suffixTokens: number;
}

/**
 * The real lane, segment store and encoding of prompts around a model without weights: what is evaluated is counted, not
 * computed, so that 16K tokens cost nothing. Its tokenizer is greedy over the commonest pieces of `sample`.
 */
export class CountedLane {
  private readonly _store: SegmentStore;
  private readonly _lane: Lane;
  private readonly _sent = new SentSegments();

  constructor(sample: string, specials: readonly string[], contextTokens: number) {
    const model = new ScriptedModel({ words: commonPieces(sample), specials, contextTokens });
    this._store = new SegmentStore(model);
    this._lane = new Lane(model);
  }

  /** One key: the prompt, and one token written. */
  async ask({ pieces, heal }: Prompt): Promise<Counted> {
    const hole = pieces.findIndex((piece) => 'special' in piece && piece.special === HOLE);
    const reply = await this._lane.complete({
      prompt: this.tokens(pieces),
      heal,
      maxTokens: 1,
      stop: new Set(),
      signal: NEVER,
      arrivedAtMs: performance.now(),
      onText: () => undefined,
    });
    return { ...reply, suffixTokens: this.tokens(pieces.slice(hole)).tokens.length };
  }

  /** A pause that is long enough for all of it. Resolves with the tokens evaluated. */
  async warmUp({ pieces }: Prompt): Promise<number> {
    const { tokens } = this.tokens(pieces);
    return (await this._lane.warmUpPrompt(tokens, Infinity, NEVER)).evaluatedTokens;
  }

  private tokens(pieces: Prompt['pieces']) {
    const { parts, newSegments } = encodePrompt(pieces, this._sent);
    for (const segment of newSegments) this._store.add(segment);
    this._sent.add(newSegments);
    return this._store.tokens(parts);
  }
}

const PIECES = 2_500;

/** Words with the space before them, indentation and punctuation, by how many characters they save. */
function commonPieces(sample: string): string[] {
  const counts = new Map<string, number>();
  for (const [piece] of sample.matchAll(/ ?\w{1,12}|\n? +|[^\w\s]{1,3}/g)) {
    if (piece.length > 1) counts.set(piece, (counts.get(piece) ?? 0) + piece.length - 1);
  }
  const saved = [...counts].sort((a, b) => b[1] - a[1]);
  return saved.slice(0, PIECES).map(([piece]) => piece);
}
