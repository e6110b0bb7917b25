import { endLineOf } from './excerptLines.ts';
import { charsOf, type Packing } from './pack.ts';
import type { Ranked } from './rank.ts';
import type { SourceAnswer } from './sourceInTime.ts';

/** What one refresh found and made of it: plain data, to be shown to the user. Holds paths and no text of files. */
export interface RefreshReport {
  readonly path: string;
  readonly maxChars: number;
  readonly how: Packing['how'];
  /** How many from the first on are the same as before: their KV entries stay. */
  readonly keptInPlace: number;
  readonly sources: readonly (Pick<SourceAnswer, 'state' | 'elapsedMs'> & {
    readonly name: string;
    readonly found: number;
  })[];
  /** In the order of the prompt. */
  readonly shown: readonly ExcerptReport[];
  readonly leftOut: readonly (ExcerptReport & { readonly reason: LeftOutReason })[];
}

export interface ExcerptReport {
  readonly path: string;
  /** Counted from 0. */
  readonly firstLine: number;
  /** Behind the last. */
  readonly endLine: number;
  readonly chars: number;
  /** Of the refresh that found it. */
  readonly score: number;
  readonly sources: readonly string[];
}

export type LeftOutReason =
  | 'a file of secrets'
  | 'the file itself'
  | 'nothing in it'
  | 'shown in another form'
  | 'no room'
  /** Comes in when more is missing, or with another file: now it is not worth evaluating the file again. */
  | 'waits'
  /** Shown until now: the file has other text there, or may no longer be shown. */
  | 'no longer there'
  /** Shown until now: a newer version or better ones took its place. */
  | 'gave way';

export function excerptReport(ranked: Ranked): ExcerptReport {
  const { excerpt, score, sources } = ranked;
  const { path, firstLine } = excerpt;
  return { path, firstLine, endLine: endLineOf(excerpt), chars: charsOf(ranked), score, sources };
}
