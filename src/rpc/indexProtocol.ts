import * as v from 'valibot';
import type { Params, Schemas } from './protocol.ts';

/** Both sides must name the same number in `hello`. Raise it with every change of a message's shape. */
export const INDEX_PROTOCOL_VERSION = 3;

/**
 * What the host may ask of the index process: one method per line, parameters in, reply out. A file is named by its
 * workspace folder, one of those that `open` named, and its path in it.
 */
export interface IndexRequests {
  /** Must be the first call. Fails with `protocol` where the versions differ. */
  hello(params: v.InferOutput<typeof helloParams>): IndexHello;
  /** Opens the database, or makes it anew; once, before all that follows. */
  open(params: v.InferOutput<typeof openParams>): OpenReply;
  /**
   * Brings the index up to date with the disk and the ignore rules. Until the first one has seen to the rules, queries
   * wait. Reports {@link WalkProgress}. Cancellable; what was read stays.
   */
  walk(params: v.InferOutput<typeof walkParams>): WalkReply;
  /** Files or folders that were written, made or deleted. Replies when the index knows. */
  filesChanged(params: v.InferOutput<typeof filesChangedParams>): FilesChangedReply;
  /** A document's unsaved text in place of what is on the disk; null: the disk counts again. */
  documentChanged(params: v.InferOutput<typeof documentChangedParams>): null;
  definitions(params: v.InferOutput<typeof definitionsParams>): readonly IndexedDefinition[];
  similar(params: v.InferOutput<typeof similarParams>): readonly IndexedExcerpt[];
  /** Paths in the folder of the file. */
  neighbours(params: v.InferOutput<typeof placeParams>): IndexedNeighbours;
  /** A file's whole text as it was when it was read, with LF between lines and none at the end; null for what is not indexed. */
  text(params: v.InferOutput<typeof placeParams>): string | null;
  /** Files and definitions whose names have a text in them. */
  lookUp(params: v.InferOutput<typeof lookUpParams>): IndexedNames;
  status(params: v.InferOutput<typeof emptyParams>): IndexStatus;
  /** Replies, then leaves the process. */
  shutdown(params: v.InferOutput<typeof emptyParams>): null;
}

export type IndexParamsOf<M extends keyof IndexRequests> = Params<IndexRequests, M>;

const emptyParams = v.object({});
const helloParams = v.object({ protocol: v.number(), client: v.string() });
const directory = v.pipe(v.string(), v.minLength(1), v.maxLength(32_768));

/** Relative, with forward slashes, and leading nowhere else. */
const relativePath = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(32_768),
  v.check(
    (path) => !path.includes('\0') && path.split('/').every((part) => !['', '.', '..'].includes(part)),
    'a path that stays in its folder',
  ),
);
const place = v.object({ root: directory, path: relativePath });
const placeParams = v.object({ place });
const limit = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000));
/** The file that asks, of which nothing is found; null where it is in no workspace folder. */
const asker = v.nullable(place);

const openParams = v.object({
  /** The database file, in a folder that is the workspace's own. */
  database: v.pipe(v.string(), v.minLength(1)),
  /** The workspace folders. */
  roots: v.array(directory),
  /** Forget what an earlier session has indexed. */
  anew: v.boolean(),
});

const walkParams = v.object({
  /** Globs as in VS Code's `files.exclude`, relative to a workspace folder. */
  excludes: v.pipe(v.array(v.string()), v.maxLength(10_000)),
});

const filesChangedParams = v.object({ places: v.pipe(v.array(place), v.maxLength(10_000)) });
const documentChangedParams = v.object({ place, text: v.nullable(v.string()) });
const definitionsParams = v.object({
  names: v.pipe(v.array(v.string()), v.maxLength(1_000)),
  place: asker,
  limit,
});
const similarParams = v.object({ text: v.pipe(v.string(), v.maxLength(100_000)), place: asker, limit });

const lookUpParams = v.object({ text: v.pipe(v.string(), v.maxLength(1_000)), limit });

/** What the index checks a request against before a handler sees it. */
export const INDEX_PARAMS_SCHEMAS = {
  hello: helloParams,
  open: openParams,
  walk: walkParams,
  filesChanged: filesChangedParams,
  documentChanged: documentChangedParams,
  definitions: definitionsParams,
  similar: similarParams,
  neighbours: placeParams,
  text: placeParams,
  lookUp: lookUpParams,
  status: emptyParams,
  shutdown: emptyParams,
} as const satisfies Schemas<IndexRequests>;

export type IndexPlace = v.InferOutput<typeof place>;

export interface IndexHello {
  readonly protocol: number;
  readonly pid: number;
}

export interface OpenReply {
  /** Why it begins empty; null where it goes on from an earlier session. */
  readonly madeAnew: 'new' | 'other version' | 'damaged' | null;
}

export interface WalkProgress {
  /** Of the files that are new or have changed. */
  readonly doneFiles: number;
  readonly totalFiles: number;
}

export interface WalkReply {
  /** Files in the index. */
  readonly files: number;
  /** Files that this walk read. */
  readonly readFiles: number;
  readonly removedFiles: number;
}

export interface FilesChangedReply {
  /** Ignore rules have changed, or a folder appeared: only a walk finds what is new. What is excluded now is out already. */
  readonly needsWalk: boolean;
}

export interface IndexedExcerpt extends IndexPlace {
  /** Counted from 0. */
  readonly firstLine: number;
  readonly text: string;
}

export interface IndexedDefinition extends IndexedExcerpt {
  readonly name: string;
  readonly kind: 'function' | 'method' | 'class' | 'interface' | 'type' | 'enum' | 'variable' | 'module';
  readonly signature: string;
}

export interface IndexedNeighbours {
  readonly imports: readonly string[];
  readonly counterparts: readonly string[];
  readonly siblings: readonly string[];
}

export interface IndexedNames {
  readonly files: readonly IndexPlace[];
  readonly symbols: readonly IndexedName[];
}

export interface IndexedName extends IndexPlace {
  readonly name: string;
  readonly kind: IndexedDefinition['kind'];
  /** Counted from 0, as `lastLine` is. */
  readonly firstLine: number;
  readonly lastLine: number;
}

export interface IndexStatus {
  readonly pid: number;
  readonly memoryBytes: number;
  /** The most the process has held at once. */
  readonly peakMemoryBytes: number;
  readonly files: number;
}
