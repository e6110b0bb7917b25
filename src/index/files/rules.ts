import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { IGNORE_FILES, type RuleOptions } from '../../core/files/ignoreRules.ts';
import { LARGEST_RULE_FILE_BYTES, type RuleFiles } from '../../core/files/ruleFiles.ts';

/**
 * The rules of a workspace folder on this machine's disk.
 *
 * @param root absolute, as the system writes it.
 * @param excludes globs as in `files.exclude`.
 */
export function rulesOf(root: string, excludes: readonly string[]): RuleOptions {
  const slashed = sep === '\\' ? root.replaceAll('\\', '/') : root;
  return { root: slashed, excludes, names: IGNORE_FILES, files: DISK };
}

const DISK: RuleFiles = {
  read: async (path) => {
    try {
      const found = await stat(path);
      if (!found.isFile() || found.size > LARGEST_RULE_FILE_BYTES) return undefined;
      return await readFile(path, 'utf8');
    } catch {
      return undefined;
    }
  },
  exists: (path) =>
    stat(path).then(
      () => true,
      () => false,
    ),
  isReachedByLink: async (root, folder) => {
    const [realRoot, real] = await Promise.all(
      [root, join(root, folder)].map((path) => realpath(path).catch(() => undefined)),
    );
    // A folder that is gone leads nowhere.
    return realRoot !== undefined && real !== undefined && real !== join(realRoot, folder);
  },
};
