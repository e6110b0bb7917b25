import type { CodeIndex } from '../ports/codeIndex.ts';
import type { SourceTexts } from '../ports/sourceTexts.ts';
import type { ContextSource } from './contextSource.ts';
import { ImportedDefinitions } from './sources/importedDefinitions.ts';
import { NearbyDefinitions } from './sources/nearbyDefinitions.ts';
import type { LanguageServer } from '../ports/languageServer.ts';
import { NeighbourFiles } from './sources/neighbourFiles.ts';
import type { RecentEdits } from './sources/recentEdits.ts';
import { SimilarCode } from './sources/similarCode.ts';
import { ServerDefinitions } from './sources/serverDefinitions.ts';
import type { VisitedEditors } from './sources/visitedEditors.ts';

export interface ContextInputs {
  readonly index: CodeIndex;
  readonly server: LanguageServer;
  readonly texts: SourceTexts;
  /** Fed by whoever hears of edits and of editors. */
  readonly edits: RecentEdits;
  readonly visits: VisitedEditors;
}

/** Every source that is on. */
export function contextSources({ index, server, texts, edits, visits }: ContextInputs): ContextSource[] {
  return [
    new ImportedDefinitions(index),
    new NeighbourFiles(index, texts),
    new ServerDefinitions(server, texts),
    new NearbyDefinitions(index),
    new SimilarCode(index),
    visits,
    edits,
  ];
}
