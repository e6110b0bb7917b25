import { extensionOf, folderOf, subjectOf } from '../../core/files/subject.ts';
import type { FilePlace, Store } from '../store/store.ts';
import { wordsOf } from '../words.ts';
import { similarity } from '../similarity.ts';
import { resolveImport } from './resolveImport.ts';

/** Files that belong to another, by their paths in the same workspace folder. */
export interface FileNeighbours {
  readonly imports: readonly string[];
  readonly counterparts: readonly string[];
  readonly siblings: readonly string[];
}

const MOST_SIBLINGS = 20;
const MOST_COUNTERPARTS = 5;
/** A folder with more files of a kind is a pile; names are compared for so many. */
const MOST_COMPARED = 500;

export function neighboursOf(store: Store, place: FilePlace): FileNeighbours {
  return {
    imports: importsOf(store, place),
    counterparts: counterpartsOf(store, place),
    siblings: siblingsOf(store, place),
  };
}

/** The files that a file imports, in the order of its imports, each once. */
export function importsOf(store: Store, { root, path }: FilePlace): string[] {
  const known = store.find({ root, path });
  if (!known) return [];
  const files = {
    has: (candidate: string) => store.find({ root, path: candidate })?.isLeftOut === false,
    named: (name: string) => pathsBySubject(store, root, name),
  };
  const specifiers = store.rows('SELECT specifier FROM imports WHERE file = ? ORDER BY rowid', known.id);
  const found = specifiers.flatMap(({ specifier }) => resolveImport(path, String(specifier), files));
  return [...new Set(found)].filter((each) => each !== path);
}

/** Its test, or what it tests; the nearest folders first. Of one language, `.tsx` being one with `.ts`. */
function counterpartsOf(store: Store, { root, path }: FilePlace): string[] {
  const { name, isTest } = subjectOf(path);
  return pathsBySubject(store, root, name)
    .filter(
      (other) =>
        subjectOf(other).isTest !== isTest &&
        extensionOf(other).slice(0, 2) === extensionOf(path).slice(0, 2),
    )
    .map((other) => ({ other, shared: sharedStart(folderOf(other), folderOf(path)) }))
    .sort((a, b) => b.shared - a.shared || (a.other < b.other ? -1 : 1))
    .slice(0, MOST_COUNTERPARTS)
    .map(({ other }) => other);
}

function siblingsOf(store: Store, { root, path }: FilePlace): string[] {
  const rows = store.rows(
    `SELECT path FROM files WHERE root = ? AND folder = ? AND extension = ? AND path <> ? AND left_out IS NULL
     ORDER BY path LIMIT ${MOST_COMPARED}`,
    ...[root, folderOf(path), extensionOf(path), path],
  );
  const own = nameWords(path);
  return rows
    .map((row) => String(row['path']))
    .map((other) => ({ other, likeness: similarity(own, nameWords(other), () => 1) }))
    .sort((a, b) => b.likeness - a.likeness || (a.other < b.other ? -1 : 1))
    .slice(0, MOST_SIBLINGS)
    .map(({ other }) => other);
}

function pathsBySubject(store: Store, root: string, subject: string): string[] {
  return store
    .rows(
      `SELECT path FROM files WHERE subject = ? AND root = ? AND left_out IS NULL ORDER BY path LIMIT ${MOST_COMPARED}`,
      ...[subject, root],
    )
    .map(({ path }) => String(path));
}

function nameWords(path: string): Set<string> {
  return wordsOf(path.slice(path.lastIndexOf('/') + 1));
}

function sharedStart(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return shared;
}
