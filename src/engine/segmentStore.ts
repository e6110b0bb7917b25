import { EngineError } from '../rpc/engineError.ts';
import type { PromptPart, Segment } from '../rpc/engineProtocol.ts';
import type { BoundModel } from './binding.ts';

/** Tokens kept, over which the least recently used segments are forgotten (8 bytes each). */
const MAX_TOKENS = 1_000_000;

export interface PromptTokens {
  readonly tokens: readonly number[];
  /** Leading tokens that come from segments and special tokens: the next prompt will very likely begin with them too. */
  readonly stableLength: number;
  /** Tokens of each part, in order; BOS belongs to none. */
  readonly partLengths: readonly number[];
}

/**
 * Segments of prompts by id, already tokenized, so that a request need not carry or tokenize what was sent before.
 * Each part is tokenized by itself: the boundary between two parts is always a token boundary, whatever stands around it.
 */
export class SegmentStore {
  private readonly _model: BoundModel;
  private readonly _maxTokens: number;
  private readonly _segments = new Map</* id, least recently used first */ string, readonly number[]>();
  private _tokens = 0;

  constructor(model: BoundModel, maxTokens = MAX_TOKENS) {
    this._model = model;
    this._maxTokens = maxTokens;
  }

  add({ id, text, leadingSpace }: Segment): void {
    if (this._segments.has(id)) return;
    const tokens = this._model.tokenize(text, leadingSpace);
    this._segments.set(id, tokens);
    this._tokens += tokens.length;
  }

  /**
   * The prompt as tokens, with BOS first where the model's file asks for it. Forgets old segments only now, when those
   * of this prompt are the newest: forgetting while new ones are added could take what the same prompt still needs.
   * @throws EngineError `unknown-segments` with the missing ids; `bad-request` for a text that is not one special token.
   */
  tokens(parts: readonly PromptPart[]): PromptTokens {
    this.refuseUnknown(parts);
    let inUse = 0;
    const tokens: number[] = this._model.bosToken === undefined ? [] : [this._model.bosToken];
    let stableLength: number | undefined;
    const partLengths: number[] = [];
    for (const part of parts) {
      const before = tokens.length;
      if ('text' in part) {
        stableLength ??= tokens.length;
        append(tokens, this._model.tokenize(part.text, part.leadingSpace));
      } else if ('special' in part) {
        tokens.push(this.special(part.special));
      } else {
        const segment = this.use(part.segment);
        inUse += segment.length;
        append(tokens, segment);
      }
      partLengths.push(tokens.length - before);
    }
    this.forgetBeyond(Math.max(this._maxTokens, inUse));
    return { tokens, stableLength: stableLength ?? tokens.length, partLengths };
  }

  special(text: string): number {
    const token = this._model.specialToken(text);
    if (token === undefined) {
      throw new EngineError('bad-request', `${JSON.stringify(text)} is not one token of this model.`);
    }
    return token;
  }

  private refuseUnknown(parts: readonly PromptPart[]): void {
    const unknown = parts.flatMap((part) =>
      'segment' in part && !this._segments.has(part.segment) ? [part.segment] : [],
    );
    if (unknown.length > 0)
      throw new EngineError('unknown-segments', 'Segments must be sent first.', { unknown });
  }

  private forgetBeyond(maxTokens: number): void {
    for (const [oldest, old] of this._segments) {
      if (this._tokens <= maxTokens) return;
      this._segments.delete(oldest);
      this._tokens -= old.length;
    }
  }

  private use(id: string): readonly number[] {
    const tokens = this._segments.get(id) ?? [];
    this._segments.delete(id);
    this._segments.set(id, tokens);
    return tokens;
  }
}

/** `push(...many)` overflows the stack for long segments. */
function append(target: number[], tokens: readonly number[]): void {
  for (const token of tokens) target.push(token);
}
