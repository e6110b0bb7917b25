import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findNode } from './findNode.ts';
import { runNpm } from './runNpm.ts';

/** VS Code's server, ready to be started by {@link startServer}. */
export interface InstalledServer {
  /** Folder this module owns and replaces as a whole. */
  readonly root: string;
  /** `server-main.js`, the script to run with {@link node}. */
  readonly serverMain: string;
  /** A Node of version 24 or later, which is what the server is built for. */
  readonly node: string;
}

/**
 * Installs VS Code's server from npm unless it is there already: the real workbench and the real extension
 * host, on machines where no desktop VS Code can be downloaded. code-server is only the parcel it comes in;
 * nothing of code-server's own runs.
 *
 * Scripts are not run: they would compile native modules (terminal, file watcher) that tests do without.
 *
 * @throws {RegistryUnreachableError} when npm cannot reach its registry.
 */
export async function ensureServer(log: (line: string) => void): Promise<InstalledServer> {
  const node = findNode();
  const root = join(testFolder, `server-${version}`);
  const vscode = join(root, vscodeInParcel);
  if (!existsSync(join(root, completeMarker))) {
    log(`Installing VS Code's server (code-server@${version}) into ${root}; this takes about a minute.`);
    await removeAbandonedInstalls();
    await install(root, log);
  }
  return { root, serverMain: join(vscode, 'out', 'server-main.js'), node };
}

const version = '4.139.1';
const testFolder = join(import.meta.dirname, '..', '..', '.vscode-test');
const vscodeInParcel = join('node_modules', 'code-server', 'lib', 'vscode');
const completeMarker = 'complete';
const partialPrefix = `server-${version}.partial-`;

/** Everything happens in a sibling folder that gets its final name last, so a killed install leaves no half server. */
async function install(root: string, log: (line: string) => void): Promise<void> {
  const partial = join(testFolder, `${partialPrefix}${process.pid}`);
  try {
    await mkdir(partial, { recursive: true });
    await writeFile(join(partial, 'package.json'), '{ "private": true }\n');
    await runNpm(partial, ['install', `code-server@${version}`], log);
    await runNpm(join(partial, vscodeInParcel), ['install', '--omit=dev'], log);
    await runNpm(join(partial, vscodeInParcel, 'extensions'), ['install', '--omit=dev'], log);
    await writeFile(join(partial, completeMarker), `${new Date().toISOString()}\n`);
    await moveIntoPlace(partial, root);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Another run may have finished first; then its server is as good as ours. */
async function moveIntoPlace(partial: string, root: string): Promise<void> {
  if (existsSync(join(root, completeMarker))) return;
  await rm(root, { recursive: true, force: true });
  await rename(partial, root);
}

/** Removes what installs left behind whose process is gone; a live one belongs to a run next to ours. */
async function removeAbandonedInstalls(): Promise<void> {
  await mkdir(testFolder, { recursive: true });
  for (const name of await readdir(testFolder)) {
    if (!name.startsWith(partialPrefix) || isAlive(Number(name.slice(partialPrefix.length)))) continue;
    await rm(join(testFolder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
