/** What ignore rules need of a file system. Paths are absolute, with forward slashes. */
export interface RuleFiles {
  /** Undefined where there is no such file, and for what is too large to be one of rules. */
  read(path: string): Promise<string | undefined>;
  exists(path: string): Promise<boolean>;
  /** Whether a link is on the way from `root` to a folder inside it. */
  isReachedByLink(root: string, folder: string): Promise<boolean>;
}

/** Longer files than this are not read as ignore files. */
export const LARGEST_RULE_FILE_BYTES = 1_000_000;
