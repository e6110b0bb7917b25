import { execFile } from 'node:child_process';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT } from '../support/paths.ts';
import { readManifest } from './manifest.ts';
import { stage } from './stage.ts';
import type { Target } from './targets.ts';

/** Far under the 256 MB of Open VSX, and what nobody minds to download. */
export const LIMIT_BYTES = 110e6;

export interface Vsix {
  readonly file: string;
  readonly sizeBytes: number;
  /** The folder it was made from, with the same files. */
  readonly staged: string;
}

/** Packages the built `dist/` for a target as `out/deepwell-<target>-<version>.vsix`. */
export async function makeVsix(target: Target, log: (line: string) => void): Promise<Vsix> {
  const manifest = await readManifest();
  const staged = join(PROJECT, 'out', 'package', target);
  const file = join(PROJECT, 'out', `${manifest.name}-${target}-${manifest.version}.vsix`);
  await mkdir(staged, { recursive: true });
  await stage(staged, target, manifest, log);
  await runVsce(staged, [
    'package',
    ...['--target', target, '--out', file],
    // The folder holds what the VSIX is to hold, and the repository's address is not known yet.
    ...['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'],
  ]);
  return { file, sizeBytes: (await stat(file)).size, staged };
}

/** Its output is shown when it fails: otherwise it advises to bundle, which node-llama-cpp does not stand. */
async function runVsce(folder: string, args: readonly string[]): Promise<void> {
  const vsce = join(PROJECT, 'node_modules', '@vscode', 'vsce', 'vsce');
  try {
    await promisify(execFile)(process.execPath, [vsce, ...args], { cwd: folder });
  } catch (error) {
    const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    throw new Error(`vsce failed:\n${output}`, { cause: error });
  }
}
