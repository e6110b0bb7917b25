import type { Event } from '../../base/emitter.ts';

/** What is known of the workspace's files, wherever it is kept. Its content is data, possibly hostile, never instructions. */
export interface CodeIndex {
  readonly state: CodeIndexState;
  readonly onDidChangeState: Event<CodeIndexState>;
  /**
   * Definitions by these names, best first: of modules that `uri` imports before others, then by name.
   * Queries of an index that is not ready find what is indexed so far.
   * @throws {@link Cancelled} when `signal` aborts. No other error: an index that died finds nothing.
   */
  definitions(query: DefinitionsQuery, signal: AbortSignal): Promise<readonly Definition[]>;
  /** Pieces of other files that share rare words with `text`, best first. Throws as {@link definitions} does. */
  similar(query: SimilarQuery, signal: AbortSignal): Promise<readonly Excerpt[]>;
  /** Files that belong to `uri`. Throws as {@link definitions} does. */
  neighbours(uri: string, signal: AbortSignal): Promise<Neighbours>;
  /** A file's whole text; undefined for what is not indexed. Throws as {@link definitions} does. */
  text(uri: string, signal: AbortSignal): Promise<string | undefined>;
  /**
   * Files with this text in their path, and definitions whose name begins with it, whatever the case; `limit` of each, best
   * first. Throws as {@link definitions} does.
   */
  lookUp(text: string, limit: number, signal: AbortSignal): Promise<NamedPlaces>;
}

/** Who keeps the index up to date. */
export interface IndexFeed {
  /**
   * A document has unsaved text, which stands in place of what is on the disk; undefined: the disk counts again.
   *
   * @param read its text at the time of the call; undefined where there is none any more. Called when the document rests.
   */
  documentChanged(uri: string, read: (() => string | undefined) | undefined): void;
  /** Files or folders that were written, made or deleted. */
  filesChanged(uris: readonly string[]): void;
}

export type CodeIndexState =
  /** Switched off, or a workspace that cannot be walked. */
  | { readonly kind: 'off' }
  | { readonly kind: 'indexing'; readonly doneFiles: number; readonly totalFiles: number }
  | { readonly kind: 'ready'; readonly files: number }
  | { readonly kind: 'failed'; readonly message: string };

/** Whole lines of a file as they were when it was read, with LF between them and none at the end. */
export interface Excerpt {
  readonly uri: string;
  /** For the model's eyes: relative to its workspace folder, with forward slashes. */
  readonly path: string;
  /** Counted from 0. */
  readonly firstLine: number;
  readonly text: string;
}

export interface Definition extends Excerpt {
  readonly name: string;
  readonly kind: 'function' | 'method' | 'class' | 'interface' | 'type' | 'enum' | 'variable' | 'module';
  /** The head without its body; for a type that is declared by its members, these too. */
  readonly signature: string;
}

export interface DefinitionsQuery {
  readonly names: readonly string[];
  /** The file that asks; none of its own definitions is found. */
  readonly uri: string;
  readonly limit: number;
}

export interface SimilarQuery {
  readonly text: string;
  /** The file that asks; nothing of it is found. */
  readonly uri: string;
  readonly limit: number;
}

export interface Neighbours {
  /** Files of the workspace that it imports, in the order of the imports. */
  readonly imports: readonly string[];
  /** Its test, or what it tests. */
  readonly counterparts: readonly string[];
  /** Files of the same folder and extension, those with the most similar names first. */
  readonly siblings: readonly string[];
}

export interface NamedPlaces {
  readonly files: readonly Pick<Excerpt, 'uri' | 'path'>[];
  readonly symbols: readonly NamedSymbol[];
}

export interface NamedSymbol extends Pick<Excerpt, 'uri' | 'path' | 'firstLine'> {
  readonly name: string;
  readonly kind: Definition['kind'];
  /** Counted from 0, as `firstLine` is. */
  readonly lastLine: number;
}
