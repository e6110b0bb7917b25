import type { View } from '../../completion/view.ts';
import type { CodeIndex } from '../../ports/codeIndex.ts';
import type { Candidate, ContextSource } from '../contextSource.ts';
import { importedNames } from '../identifiers.ts';
import { definitionExcerpt } from './definitionExcerpt.ts';

const MAX_NAMES = 60;
const MAX_DEFINITIONS = 20;

/** What the file imports, as it is defined. Changes when an import does. */
export class ImportedDefinitions implements ContextSource {
  readonly name = 'imported definitions';
  readonly weight = 1;
  readonly stability = 5;
  private readonly _index: CodeIndex;

  constructor(index: CodeIndex) {
    this._index = index;
  }

  async find(place: View, signal: AbortSignal): Promise<readonly Candidate[]> {
    const names = importedNames(place, MAX_NAMES);
    if (names.length === 0) return [];
    const found = await this._index.definitions({ names, uri: place.uri, limit: MAX_DEFINITIONS }, signal);
    return found.map(definitionExcerpt);
  }
}
