import { folderOf } from '../../core/files/subject.ts';
import type { FilePlace, Store } from '../store/store.ts';
import { isKind, type Kind } from '../syntax/kinds.ts';
import { importsOf } from './fileQueries.ts';

export interface FoundDefinition extends FilePlace {
  readonly name: string;
  readonly kind: Kind;
  readonly firstLine: number;
  readonly signature: string;
  readonly text: string;
}

/** More of a definition nobody needs to see how it is used. */
const MOST_LINES = 60;
/** Of a name like `get` there are thousands; the imported ones are looked for by themselves. */
const MOST_OF_A_NAME = 200;

/**
 * Definitions by these names outside of `place`: those in modules that it imports first, then those in the folders
 * nearest to it, in the order of the names.
 *
 * @param place undefined for a file of no workspace folder.
 */
export function findDefinitions(
  store: Store,
  names: readonly string[],
  place: FilePlace | undefined,
  limit: number,
): FoundDefinition[] {
  const imports = new Map(place ? importsOf(store, place).map((path, order) => [path, order]) : []);
  const found = names.flatMap((name, nameOrder) =>
    candidates(store, name, place, [...imports.keys()]).map((symbol) => {
      const isNear = place !== undefined && symbol.root === place.root;
      return {
        ...symbol,
        nameOrder,
        importOrder: (isNear ? imports.get(symbol.path) : undefined) ?? Infinity,
        distance: isNear ? distanceOf(symbol.path, place.path) : Infinity,
      };
    }),
  );
  found.sort(
    (a, b) =>
      order(a.importOrder, b.importOrder) ||
      a.nameOrder - b.nameOrder ||
      order(a.distance, b.distance) ||
      order(a.path, b.path) ||
      a.firstLine - b.firstLine,
  );
  return found.slice(0, limit).map(({ root, path, file, name, kind, firstLine, lastLine, signature }) => ({
    ...{ root, path, name, kind, firstLine, signature },
    text: store.lines(file, firstLine, Math.min(MOST_LINES, lastLine - firstLine + 1)),
  }));
}

interface Candidate extends FilePlace {
  readonly file: number;
  readonly name: string;
  readonly kind: Kind;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly signature: string;
}

function candidates(
  store: Store,
  name: string,
  place: FilePlace | undefined,
  imports: readonly string[],
): Candidate[] {
  const columns = 'SELECT symbols.*, root, path FROM symbols JOIN files ON files.id = symbols.file';
  const own = [place?.root ?? '', place?.path ?? ''];
  const anywhere = store.rows(
    `${columns} WHERE name = ? AND NOT (root = ? AND path = ?) LIMIT ${MOST_OF_A_NAME}`,
    ...[name, ...own],
  );
  const isComplete = anywhere.length < MOST_OF_A_NAME;
  const imported = isComplete
    ? []
    : imports.flatMap((path) =>
        store.rows(`${columns} WHERE root = ? AND path = ? AND name = ?`, ...[place?.root ?? '', path, name]),
      );
  const rows = new Map(
    [...imported, ...anywhere].map((row) => [`${String(row['file'])} ${String(row['first_line'])}`, row]),
  );
  return [...rows.values()].flatMap((row) => {
    const kind = String(row['kind']);
    if (!isKind(kind)) return [];
    const firstLine = Number(row['first_line']);
    return {
      ...{ root: String(row['root']), path: String(row['path']), file: Number(row['file']) },
      ...{ name: String(row['name']), kind, signature: String(row['signature']) },
      ...{ firstLine, lastLine: Number(row['last_line']) },
    };
  });
}

/** Folders to leave and to enter on the way from one file to the other. */
function distanceOf(a: string, b: string): number {
  const [from, to] = [folderOf(a).split('/'), folderOf(b).split('/')];
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  return from.length + to.length - 2 * shared;
}

function order<T extends number | string>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
