import type { BoundModel } from './binding.ts';
import { REPLACEMENT } from './tokenText.ts';

/** Most tokens generated while the healed text is being written again; more means the model cannot spell it. */
export const MAX_HEALING_TOKENS = 8;

/**
 * Token healing: a prompt that ends in the middle of a word ends in a token the model has rarely seen there ("ret"
 * before "urn"). So the prompt comes without the unfinished word, whose text is generated again with what follows it.
 *
 * While `remaining` is not empty the caller asks {@link choose} for the next token among the model's candidates, most
 * likely first.
 */
export class Healing {
  private readonly _model: BoundModel;
  private _remaining: string;

  /** @param text what the prompt was cut by. */
  constructor(model: BoundModel, text: string) {
    this._model = model;
    this._remaining = text;
  }

  /** Text that still has to be written before anything new. */
  get remaining(): string {
    return this._remaining;
  }

  /**
   * The most likely candidate that writes all of the text again, and what it adds beyond that text. Where there is none,
   * the most likely that writes its beginning: a lone space may be likelier than any word, but not one that the rest of
   * the word follows. Undefined where none agrees.
   */
  choose(
    candidates: Iterable<number>,
    before: readonly number[],
  ): { token: number; beyond: string } | undefined {
    let beginning: { token: number; length: number } | undefined;
    for (const token of candidates) {
      if (this._model.endsGeneration(token)) continue;
      const text = this._model.detokenize([token], before);
      // A special token has no text, and half a character cannot be told from any other half.
      if (text === '' || text.includes(REPLACEMENT)) continue;
      if (text.startsWith(this._remaining)) {
        const beyond = text.slice(this._remaining.length);
        this._remaining = '';
        return { token, beyond };
      }
      if (this._remaining.startsWith(text)) beginning ??= { token, length: text.length };
    }
    if (beginning === undefined) return undefined;
    this._remaining = this._remaining.slice(beginning.length);
    return { token: beginning.token, beyond: '' };
  }
}
