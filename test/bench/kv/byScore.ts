import type { View } from '../../../src/core/completion/view.ts';
import type { ContextSource } from '../../../src/core/context/contextSource.ts';
import { charsOf } from '../../../src/core/context/pack.ts';
import { rank } from '../../../src/core/context/rank.ts';
import type { RelatedFiles, RelatedRoom } from '../../../src/core/context/relatedFiles.ts';
import { NO_RELATED, type RelatedPart } from '../../../src/core/context/relatedPart.ts';

/** The same sources and ranking, packed as others do: the best first, gathered for each request. */
export class ByScore implements RelatedFiles {
  part: RelatedPart = NO_RELATED;
  private readonly _sources: readonly ContextSource[];

  constructor(sources: readonly ContextSource[]) {
    this._sources = sources;
  }

  async refresh(place: View, { maxChars }: RelatedRoom, signal: AbortSignal): Promise<void> {
    const answers = this._sources.map(async (source) => ({
      source,
      candidates: await source.find(place, signal),
    }));
    let leftChars = maxChars;
    const excerpts = rank(await Promise.all(answers)).ranked.flatMap((each) => {
      const chars = charsOf(each);
      if (chars > leftChars || each.excerpt.uri === place.uri) return [];
      leftChars -= chars;
      return [each.excerpt];
    });
    this.part = { repository: '', excerpts };
  }
}
