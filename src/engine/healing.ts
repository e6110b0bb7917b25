import type { BoundModel, Candidate } from './binding.ts';
import { REPLACEMENT } from './tokenText.ts';

/** Most tokens generated while the healed text is being written again; more means the model cannot spell it. */
export const MAX_HEALING_TOKENS = 8;

/** Candidates that have this little together, of what those that agree have, are not looked at. */
const NEGLIGIBLE = 0.02;

/** What writes the healed text again, or its beginning. */
export interface Healed {
  readonly token: number;
  /** What it adds beyond that text. */
  readonly beyond: string;
  /** Of this token, given that what the user typed is written. */
  readonly probability: number;
}

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
   * The most likely candidate that writes all of the text again. Where there is none, the most likely that writes its
   * beginning: a lone space may be likelier than any word, but not one that the rest of the word follows. Undefined
   * where none agrees.
   *
   * @param skip of those that write all of it, so many of the likeliest are passed over; where there are no more, none agrees.
   */
  choose(candidates: Iterable<Candidate>, before: readonly number[], skip = 0): Healed | undefined {
    let wholes = 0;
    let whole: Candidate | undefined;
    let beginning: Candidate | undefined;
    let unseen = 1;
    let agreeing = 0;
    for (const candidate of candidates) {
      if (whole !== undefined && unseen < NEGLIGIBLE * agreeing) break;
      unseen -= candidate.probability;
      const text = this.textOf(candidate, before);
      if (text.startsWith(this._remaining)) whole ??= wholes++ === skip ? candidate : undefined;
      else if (text !== '' && this._remaining.startsWith(text)) beginning ??= candidate;
      else continue;
      agreeing += candidate.probability;
    }
    const chosen = whole ?? (wholes === 0 ? beginning : undefined);
    if (chosen === undefined) return undefined;
    const text = this.textOf(chosen, before);
    const beyond = text.slice(this._remaining.length);
    this._remaining = this._remaining.slice(text.length);
    return { token: chosen.token, beyond, probability: agreeing > 0 ? chosen.probability / agreeing : 0 };
  }

  /** '' for what cannot agree: a special token has no text, and half a character cannot be told from any other half. */
  private textOf({ token }: Candidate, before: readonly number[]): string {
    if (this._model.endsGeneration(token)) return '';
    const text = this._model.detokenize([token], before);
    return text.includes(REPLACEMENT) ? '' : text;
  }
}
