import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { asIgnoreLines } from './excludeGlobs.ts';
import { tamePattern } from './tamePattern.ts';

/** Files whose change can change what is indexed. */
export function isIgnoreFile(path: string): boolean {
  return KINDS.includes(basename(path));
}

/** Each kind decides by itself, so that `.deepwellignore` cannot bring back what git ignores, only take away more. */
const KINDS = ['.gitignore', '.deepwellignore'];

const LARGEST_IGNORE_FILE_BYTES = 1_000_000;

interface Scope {
  /** Folder of the ignore files, relative to the top; '' is the top itself. */
  readonly folder: string;
  readonly kinds: readonly (Ignore | undefined)[];
}

/**
 * What holds in one folder: its own ignore files and those of every folder above, up to the repository's, and the
 * excludes of the settings. Immutable; {@link enter} makes those of a folder inside.
 */
export class IgnoreRules {
  private readonly _root: string;
  /** The workspace folder as seen from the top, with a slash at its end; '' where it is the top. */
  private readonly _prefix: string;
  private readonly _excludes: Ignore;
  /** Innermost first. */
  private readonly _scopes: readonly Scope[];

  private constructor(root: string, prefix: string, excludes: Ignore, scopes: readonly Scope[]) {
    this._root = root;
    this._prefix = prefix;
    this._excludes = excludes;
    this._scopes = scopes;
  }

  /** @param excludes globs as in `files.exclude`. */
  static async of(root: string, excludes: readonly string[]): Promise<IgnoreRules> {
    const globs = ignore({ ignorecase: false }).add(asIgnoreLines(excludes).map(tamePattern));
    const own = await scopeOf(root, root);
    const above = await foldersAbove(root);
    const top = above.at(-1);
    if (top !== undefined) {
      const folder = relativeTo(top, root);
      const scopes = await Promise.all([root, ...above].map((each) => scopeOf(top, each)));
      const rules = new IgnoreRules(root, `${folder}/`, globs, scopes);
      // Who opens an ignored folder wants what is in it.
      if (!KINDS.some((_, kind) => rules.decides(kind, `${folder}/`))) return rules;
    }
    return new IgnoreRules(root, '', globs, [own]);
  }

  /** @param folder inside this one's, relative to the workspace folder. */
  async enter(folder: string): Promise<IgnoreRules> {
    const scope = await readScope(join(this._root, folder), `${this._prefix}${folder}`);
    const scopes = scope.kinds.some((kind) => kind) ? [scope, ...this._scopes] : this._scopes;
    return new IgnoreRules(this._root, this._prefix, this._excludes, scopes);
  }

  /** @param path of an entry of the folder, relative to the workspace folder. */
  ignores(path: string, isFolder: boolean): boolean {
    const entry = isFolder ? `${path}/` : path;
    if (this._excludes.ignores(entry)) return true;
    return KINDS.some((_, kind) => this.decides(kind, `${this._prefix}${entry}`));
  }

  /** The innermost file that says anything of the path decides. */
  private decides(kind: number, path: string): boolean {
    for (const { folder, kinds } of this._scopes) {
      const verdict = kinds[kind]?.test(folder === '' ? path : path.slice(folder.length + 1));
      if (verdict?.ignored) return true;
      if (verdict?.unignored) return false;
    }
    return false;
  }
}

/** Folders above a workspace folder that is part of a larger git repository, the repository's own last; else none. */
async function foldersAbove(root: string): Promise<string[]> {
  const above: string[] = [];
  for (let folder = root; ; folder = dirname(folder)) {
    if (folder !== root) above.push(folder);
    const isRepository = await stat(join(folder, '.git')).then(
      () => true,
      () => false,
    );
    if (isRepository) return above;
    if (dirname(folder) === folder) return [];
  }
}

async function scopeOf(top: string, folder: string): Promise<Scope> {
  return readScope(folder, relativeTo(top, folder));
}

/** With forward slashes; '' for the top itself. */
function relativeTo(top: string, folder: string): string {
  return relative(top, folder).replaceAll('\\', '/');
}

async function readScope(directory: string, folder: string): Promise<Scope> {
  return { folder, kinds: await Promise.all(KINDS.map((name) => readKind(join(directory, name)))) };
}

async function readKind(path: string): Promise<Ignore | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size > LARGEST_IGNORE_FILE_BYTES) return undefined;
    const lines = (await readFile(path, 'utf8')).replace(/^\ufeff/, '').split(/\r?\n/);
    return ignore({ ignorecase: false }).add(lines.map(tamePattern));
  } catch {
    return undefined;
  }
}
