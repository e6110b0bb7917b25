import type { FilePlace, Store } from '../store/store.ts';
import { isKind, type Kind } from '../syntax/kinds.ts';

export interface LookedUp {
  readonly files: readonly FilePlace[];
  readonly symbols: readonly LookedUpSymbol[];
}

export interface LookedUpSymbol extends FilePlace {
  readonly name: string;
  readonly kind: Kind;
  readonly firstLine: number;
  readonly lastLine: number;
}

/**
 * Files with a text in their path, those first that have it at the beginning of their name, and definitions whose name begins
 * with it; upper and lower case alike, of equals the shortest first.
 *
 * @param limit of each.
 */
export function lookUp(store: Store, text: string, limit: number): LookedUp {
  const literal = text.replace(/[\\%_]/g, '\\$&');
  const files = store.rows(
    `SELECT root, path FROM files WHERE left_out IS NULL AND path LIKE ? ESCAPE '\\'
     ORDER BY ('/' || path) NOT LIKE ? ESCAPE '\\', length(path), path LIMIT ?`,
    ...[`%${literal}%`, `%/${literal}%`, limit],
  );
  const symbols =
    text === ''
      ? []
      : store.rows(
          `SELECT name, kind, first_line, last_line, root, path FROM symbols JOIN files ON files.id = symbols.file
           WHERE name LIKE ? ESCAPE '\\' ORDER BY length(name), name, path, first_line LIMIT ?`,
          ...[`${literal}%`, limit],
        );
  return {
    files: files.map((row) => ({ root: String(row['root']), path: String(row['path']) })),
    symbols: symbols.flatMap((row) => {
      const kind = String(row['kind']);
      if (!isKind(kind)) return [];
      return {
        ...{ root: String(row['root']), path: String(row['path']), name: String(row['name']), kind },
        ...{ firstLine: Number(row['first_line']), lastLine: Number(row['last_line']) },
      };
    }),
  };
}
