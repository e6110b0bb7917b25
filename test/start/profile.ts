import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from '../support/paths.ts';
import type { Settings } from '../vscode/settings.ts';

/** The folders of one `npm start`, under `.vscode-test/start/`; gone when it ends. */
export interface Profile extends AsyncDisposable {
  readonly folder: string;
  readonly extensions: string;
  /** Copy of the demo workspace. */
  readonly workspace: string;
}

/** User settings of the profile: nothing that asks, fetches, or stands in front of the demo. */
export const START_SETTINGS: Settings = {
  'workbench.startupEditor': 'readme',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  // The checkout's, in whose folder the profile lies.
  'git.openRepositoryInParentFolders': 'never',
  'chat.disableAIFeatures': true,
  'typescript.disableAutomaticTypeAcquisition': true,
};

/**
 * Named after this process, so that two at a time do not meet and one that was killed is cleaned up after by the next.
 * Every start begins with the same state.
 */
export async function makeProfile(): Promise<Profile> {
  await removeAbandoned();
  const folder = join(startFolder, String(process.pid));
  const extensions = join(folder, 'extensions');
  const workspace = join(folder, 'demo');
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  await remove();
  await mkdir(extensions, { recursive: true });
  await cp(join(PROJECT, 'test', 'demo'), workspace, { recursive: true });
  return { folder, extensions, workspace, [Symbol.asyncDispose]: remove };
}

export async function writeSettings(file: string, settings: Settings): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, JSON.stringify(settings, undefined, 2));
}

const startFolder = join(PROJECT, '.vscode-test', 'start');

async function removeAbandoned(): Promise<void> {
  await mkdir(startFolder, { recursive: true });
  for (const name of await readdir(startFolder)) {
    if (isAlive(Number(name))) continue;
    await rm(join(startFolder, name), { recursive: true, force: true, maxRetries: 5 });
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
