import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What one search may cost at most: home folders lead anywhere. Shared by all folders of the search. */
export class WalkBudget {
  private _entries: number;
  private readonly _deadlineMs: number;

  constructor(maxEntries: number, maxMs: number) {
    this._entries = maxEntries;
    this._deadlineMs = performance.now() + maxMs;
  }

  /** Whether one more entry may be looked at. */
  take(): boolean {
    return this._entries-- > 0 && performance.now() < this._deadlineMs;
  }
}

export interface WalkedFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Where links lead. */
  readonly realPath: string;
}

/** All files below a folder, through links, each folder once. What cannot be read is passed over. */
export async function* walk(
  folder: string,
  depth: number,
  budget: WalkBudget,
  seen = new Set<string>(),
): AsyncGenerator<WalkedFile, void, void> {
  const real = await realpath(folder).catch(() => undefined);
  if (real === undefined || seen.has(real)) return;
  seen.add(real);
  const names = await readdir(folder).catch(() => []);
  for (const name of names.sort()) {
    if (!budget.take()) return;
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory() && depth > 0) yield* walk(path, depth - 1, budget, seen);
    if (!found?.isFile()) continue;
    yield { path, sizeBytes: found.size, realPath: await realpath(path).catch(() => path) };
  }
}
