import type { BoundModel } from './binding.ts';

/** What a token of an incomplete UTF-8 sequence turns into. */
export const REPLACEMENT = '\uFFFD';

/** Longest UTF-8 sequence in bytes, so at most this many tokens wait for the rest of a character. */
const MAX_PENDING = 4;

/** Turns generated tokens into text as they come, holding back the halves of characters that span tokens. */
export class TokenText {
  private readonly _model: BoundModel;
  private _before: readonly number[];
  private _pending: number[] = [];

  /** @param before the prompt's last tokens: some vocabularies need them to know whether a leading space is meant. */
  constructor(model: BoundModel, before: readonly number[]) {
    this._model = model;
    this._before = before.slice(-MAX_PENDING);
  }

  /** Text that became certain with this token; may be empty. */
  push(token: number): string {
    this._pending.push(token);
    const text = this._model.detokenize(this._pending, this._before);
    if (text.endsWith(REPLACEMENT) && this._pending.length < MAX_PENDING) return '';
    this._before = [...this._before, ...this._pending].slice(-MAX_PENDING);
    this._pending = [];
    return text;
  }
}
