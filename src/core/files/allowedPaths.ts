import { IgnoreRules, type RuleOptions } from './ignoreRules.ts';
import { isNeverWalked } from './neverWalked.ts';

/**
 * Tells for single paths what a walk tells for all: whether the ignore rules of a workspace folder leave them, and no
 * link is on the way. Remembers the rules of folders, so make a new one when the rules may have changed.
 */
export class AllowedPaths {
  private readonly _options: RuleOptions;
  private readonly _folders = new Map</* relative path */ string, Promise<IgnoreRules | undefined>>();

  constructor(options: RuleOptions) {
    this._options = options;
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
    if (folder === '') return IgnoreRules.of(this._options);
    const above = await this.rulesIn(folderOf(folder));
    if (above === undefined || isNeverWalked(folder.slice(folder.lastIndexOf('/') + 1))) return undefined;
    const { root, files } = this._options;
    if (above.ignores(folder, true) || (await files.isReachedByLink(root, folder))) return undefined;
    return above.enter(folder);
  }
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
