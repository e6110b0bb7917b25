import type { View } from '../../completion/view.ts';
import type { CodeIndex } from '../../ports/codeIndex.ts';
import type { Candidate, ContextSource } from '../contextSource.ts';

/** Characters around the cursor to find the like of: more of them drown what is written right here. */
const CHARS_BEFORE = 1_200;
const CHARS_AFTER = 300;
const MAX_EXCERPTS = 6;

/** Code elsewhere that uses the same rare words. */
export class SimilarCode implements ContextSource {
  readonly name = 'similar code';
  readonly weight = 1;
  readonly stability = 2;
  private readonly _index: CodeIndex;

  constructor(index: CodeIndex) {
    this._index = index;
  }

  async find({ uri, prefix, suffix }: View, signal: AbortSignal): Promise<readonly Candidate[]> {
    const text = prefix.slice(-CHARS_BEFORE) + suffix.slice(0, CHARS_AFTER);
    const found = await this._index.similar({ text, uri, limit: MAX_EXCERPTS }, signal);
    return found.map((excerpt) => ({ ...excerpt, isVerbatim: true }));
  }
}
