import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureServer } from '../vscode/installServer.ts';
import { openWorkbench, type WorkbenchOptions } from '../vscode/openWorkbench.ts';
import { type ServerOptions, startServer } from '../vscode/startServer.ts';
import type { Workbench } from '../vscode/workbench.ts';
import { FIXTURE_WORKSPACE, PROJECT } from './paths.ts';

/** A VS Code server whose data lies where the test reaches it, for any number of windows. */
export interface OwnServer extends AsyncDisposable {
  /** Holds the server's data, extensions and log, and the workspaces. */
  readonly folder: string;
  /** A fresh copy of the fixture workspace. Its name has a space and letters beyond ASCII, as users have them. */
  newWorkspace(): Promise<string>;
  openWindow(workspaceFolder: string, options?: Partial<WorkbenchOptions>): Promise<Workbench>;
}

export async function startOwnServer(
  options: Omit<ServerOptions, 'server' | 'folder'>,
  /** Called with the folder before the server starts. What it defers happens after the server has ended. */
  prepare: (folder: string, resources: AsyncDisposableStack) => Promise<void> = async () => undefined,
): Promise<OwnServer> {
  await using resources = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'deepwell-own-'));
  resources.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  await prepare(folder, resources);
  const userSettings = { 'editor.quickSuggestions': { other: 'off' }, ...options.userSettings };
  const server = resources.use(
    await startServer({ ...options, userSettings, folder, server: await ensureServer(() => undefined) }),
  );
  const owned = resources.move();
  let workspaces = 0;
  return {
    folder,
    async newWorkspace() {
      const workspace = join(folder, `wörk space ${++workspaces}`);
      await mkdir(workspace);
      await cp(FIXTURE_WORKSPACE, workspace, { recursive: true });
      return workspace;
    },
    async openWindow(workspaceFolder, options) {
      const workbench = owned.use(
        await openWorkbench({ server, workspaceFolder, extensionPath: PROJECT, ...options }),
      );
      await workbench.waitReady();
      return workbench;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** The small model on a busy machine; no figure, only a bound. */
const GHOST_MS = 30_000;

/** Types where the model has something to say, and waits for it. Leaves the text in the file, unsaved. */
export async function assertCompletes(workbench: Workbench): Promise<void> {
  await workbench.openFile('src/files.py');
  await workbench.revert();
  await workbench.goTo(19, 1);
  await workbench.press('End');
  await workbench.press('Enter');
  await workbench.typeForGhost('return os');
  assert.ok(await workbench.waitForGhost(undefined, GHOST_MS));
}
