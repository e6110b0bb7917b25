import type { Excerpt } from '../ports/codeIndex.ts';

/** What a prompt shows of other files. The same object for as long as it does not change. */
export interface RelatedPart {
  /** What to call all of it: the workspace's name. */
  readonly repository: string;
  /** From most to least stable, secrets replaced. */
  readonly excerpts: readonly Excerpt[];
}

export const NO_RELATED: RelatedPart = { repository: '', excerpts: [] };
