import type { Placement } from './placement.ts';
import type { Suggestion } from './suggestion.ts';
import type { View } from './view.ts';

/** Enough for typing, deleting and typing again; few enough to look through at every key. */
const MAX_SUGGESTIONS = 32;

/** Recent suggestions, so that one which still matches is shown again without asking the model. */
export class SuggestionMemory {
  /** Newest last. */
  private _suggestions: Suggestion[] = [];

  add(suggestion: Suggestion): void {
    this._suggestions = [...this._suggestions.slice(1 - MAX_SUGGESTIONS), suggestion];
  }

  /** What the newest matching suggestion still has to offer at `view`. */
  find(view: View): Placement | undefined {
    for (let index = this._suggestions.length - 1; index >= 0; index--) {
      const placement = this._suggestions[index]?.remainderAt(view);
      if (placement) return placement;
    }
    return undefined;
  }

  clear(): void {
    this._suggestions = [];
  }
}
