import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { IgnoreRules } from './ignoreRules.ts';
import { isNeverWalked } from './walk.ts';

/**
 * Tells for single paths what the walk tells for all: whether the ignore rules of a workspace folder leave them, and no
 * link is on the way. Remembers the rules of folders, so make a new one when the rules may have changed.
 */
export class AllowedPaths {
  private readonly _root: string;
  private readonly _excludes: readonly string[];
  private readonly _folders = new Map</* relative path */ string, Promise<IgnoreRules | undefined>>();

  /** @param excludes globs as in `files.exclude`. */
  constructor(root: string, excludes: readonly string[]) {
    this._root = root;
    this._excludes = excludes;
  }

  /** @param path of a file, relative to the workspace folder, with forward slashes. It need not exist. */
  async allows(path: string): Promise<boolean> {
    const rules = await this.rulesIn(folderOf(path));
    return rules !== undefined && !rules.ignores(path, false);
  }

  /** Undefined for a folder that is not walked. */
  private rulesIn(folder: string): Promise<IgnoreRules | undefined> {
    const known = this._folders.get(folder) ?? this.readRules(folder);
    this._folders.set(folder, known);
    return known;
  }

  private async readRules(folder: string): Promise<IgnoreRules | undefined> {
    if (folder === '') return IgnoreRules.of(this._root, this._excludes);
    const above = await this.rulesIn(folderOf(folder));
    if (above === undefined || isNeverWalked(folder.slice(folder.lastIndexOf('/') + 1))) return undefined;
    if (above.ignores(folder, true) || (await this.isReachedByLink(folder))) return undefined;
    return above.enter(folder);
  }

  private async isReachedByLink(folder: string): Promise<boolean> {
    const [root, real] = await Promise.all(
      [this._root, join(this._root, folder)].map((path) => realpath(path).catch(() => undefined)),
    );
    // A folder that is gone leads nowhere.
    return root !== undefined && real !== undefined && real !== join(root, folder);
  }
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
