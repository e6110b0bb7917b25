import ignore, { type Ignore } from 'ignore';
import { asIgnoreLines } from './excludeGlobs.ts';
import type { RuleFiles } from './ruleFiles.ts';
import { tamePattern } from './tamePattern.ts';

export const DEEPWELL_IGNORE = '.deepwellignore';

/** Each kind decides by itself, so that `.deepwellignore` cannot bring back what git ignores, only take away more. */
export const IGNORE_FILES: readonly string[] = ['.gitignore', DEEPWELL_IGNORE];

/** Whether a file's change can change what is ignored. */
export function isIgnoreFile(path: string): boolean {
  return IGNORE_FILES.includes(path.slice(path.lastIndexOf('/') + 1));
}

interface Scope {
  /** Folder of the ignore files, relative to the top; '' is the top itself. */
  readonly folder: string;
  readonly kinds: readonly (Ignore | undefined)[];
}

export interface RuleOptions {
  /** Of the workspace folder: absolute, with forward slashes. */
  readonly root: string;
  /** Globs as in `files.exclude`. */
  readonly excludes: readonly string[];
  /** Names of the files that hold rules. */
  readonly names: readonly string[];
  readonly files: RuleFiles;
}

/**
 * What holds in one folder: its own ignore files and those of every folder above, up to the repository's, and the
 * excludes of the settings. Immutable; {@link enter} makes those of a folder inside.
 */
export class IgnoreRules {
  private readonly _options: RuleOptions;
  /** The workspace folder as seen from the top, with a slash at its end; '' where it is the top. */
  private readonly _prefix: string;
  private readonly _excludes: Ignore;
  /** Innermost first. */
  private readonly _scopes: readonly Scope[];

  private constructor(options: RuleOptions, prefix: string, excludes: Ignore, scopes: readonly Scope[]) {
    this._options = options;
    this._prefix = prefix;
    this._excludes = excludes;
    this._scopes = scopes;
  }

  static async of(options: RuleOptions): Promise<IgnoreRules> {
    const { root, excludes } = options;
    const globs = ignore({ ignorecase: false }).add(asIgnoreLines(excludes).map(tamePattern));
    const above = await foldersAbove(options);
    const top = above.at(-1);
    if (top !== undefined) {
      const folder = root.slice(top.length + 1);
      const scopes = await Promise.all(
        [root, ...above].map((each) => readScope(options, each, each.slice(top.length + 1))),
      );
      const rules = new IgnoreRules(options, `${folder}/`, globs, scopes);
      // Who opens an ignored folder wants what is in it.
      if (!options.names.some((_, kind) => rules.decides(kind, `${folder}/`))) return rules;
    }
    return new IgnoreRules(options, '', globs, [await readScope(options, root, '')]);
  }

  /** @param folder inside this one's, relative to the workspace folder. */
  async enter(folder: string): Promise<IgnoreRules> {
    const { root } = this._options;
    const scope = await readScope(this._options, `${root}/${folder}`, `${this._prefix}${folder}`);
    const scopes = scope.kinds.some((kind) => kind) ? [scope, ...this._scopes] : this._scopes;
    return new IgnoreRules(this._options, this._prefix, this._excludes, scopes);
  }

  /** @param path of an entry of the folder, relative to the workspace folder. */
  ignores(path: string, isFolder: boolean): boolean {
    const entry = isFolder ? `${path}/` : path;
    if (this._excludes.ignores(entry)) return true;
    return this._options.names.some((_, kind) => this.decides(kind, `${this._prefix}${entry}`));
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
async function foldersAbove({ root, files }: RuleOptions): Promise<string[]> {
  const above: string[] = [];
  for (let folder = root; ; folder = folder.slice(0, folder.lastIndexOf('/'))) {
    if (folder !== root) above.push(folder);
    if (await files.exists(`${folder}/.git`)) return above;
    if (!folder.includes('/')) return [];
  }
}

async function readScope({ names, files }: RuleOptions, directory: string, folder: string): Promise<Scope> {
  const kinds = names.map(async (name) => {
    const text = await files.read(`${directory}/${name}`);
    if (text === undefined) return undefined;
    const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
    return ignore({ ignorecase: false }).add(lines.map(tamePattern));
  });
  return { folder, kinds: await Promise.all(kinds) };
}
