import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { IgnoreRules } from '../../core/files/ignoreRules.ts';
import { isNeverWalked } from '../../core/files/neverWalked.ts';
import { rulesOf } from './rules.ts';

export interface WalkedFile {
  /** Relative to the workspace folder, with forward slashes. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

/** A folder deeper than this is no work of people. */
const DEEPEST = 100;

/**
 * The files of a workspace folder that its ignore rules leave. Links are not followed: what they lead to inside the folder is
 * found by its own path, and what is outside was not opened. So there are no loops. What cannot be read is passed over.
 *
 * @param excludes globs as in `files.exclude`.
 */
export async function* walk(
  root: string,
  excludes: readonly string[],
): AsyncGenerator<WalkedFile, void, void> {
  yield* walkFolder(root, '', await IgnoreRules.of(rulesOf(root, excludes)), 0);
}

async function* walkFolder(
  root: string,
  folder: string,
  rules: IgnoreRules,
  depth: number,
): AsyncGenerator<WalkedFile, void, void> {
  for (const entry of await entriesOf(join(root, folder))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (depth >= DEEPEST || isNeverWalked(entry.name) || rules.ignores(path, true)) continue;
      yield* walkFolder(root, path, await rules.enter(path), depth + 1);
    } else if (entry.isFile() && !rules.ignores(path, false)) {
      const found = await lstat(join(root, path)).catch(() => undefined);
      if (found?.isFile()) yield { path, sizeBytes: found.size, mtimeMs: found.mtimeMs };
    }
  }
}

async function entriesOf(directory: string): Promise<Dirent[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
