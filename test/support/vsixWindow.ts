import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cleanEnvironment } from '../vscode/cleanEnvironment.ts';
import { openWorkbench } from '../vscode/openWorkbench.ts';
import { ensureServer, type InstalledServer } from '../vscode/installServer.ts';
import type { Settings } from '../vscode/settings.ts';
import { startServer } from '../vscode/startServer.ts';
import type { Workbench } from '../vscode/workbench.ts';
import { FIXTURE_WORKSPACE } from './paths.ts';

export interface VsixWindow extends AsyncDisposable {
  readonly workbench: Workbench;
  /** Where VS Code put the extension: far from the project, whose node_modules would hide that a file is missing. */
  readonly extensionFolder: string;
}

/** A VS Code window with an empty profile into which a user has installed this VSIX, on a copy of the fixture workspace. */
export async function openVsixWindow(vsix: string, machineSettings: Settings): Promise<VsixWindow> {
  await using resources = new AsyncDisposableStack();
  const profile = await mkdtemp(join(tmpdir(), 'deepwell-vsix-'));
  resources.defer(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }));
  const workspace = join(profile, 'workspace');
  await mkdir(workspace);
  await cp(FIXTURE_WORKSPACE, workspace, { recursive: true });
  const server = await ensureServer(() => undefined);
  await installVsix(server, vsix, profile);
  const extensionFolder = await installedFolder(profile);
  const running = resources.use(await startServer({ server, folder: profile, machineSettings }));
  const workbench = resources.use(await openWorkbench({ server: running, workspaceFolder: workspace }));
  await workbench.waitReady();
  const owned = resources.move();
  return { workbench, extensionFolder, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** As `code --install-extension` does it, into the folders that {@link startServer} uses. */
async function installVsix(server: InstalledServer, vsix: string, profile: string): Promise<void> {
  const args = [
    server.serverMain,
    ...['--install-extension', vsix],
    ...['--server-data-dir', join(profile, 'server-data'), '--extensions-dir', join(profile, 'extensions')],
    '--accept-server-license-terms',
  ];
  await promisify(execFile)(server.node, args, { env: cleanEnvironment() });
}

async function installedFolder(profile: string): Promise<string> {
  const extensions = join(profile, 'extensions');
  const folder = (await readdir(extensions)).find((name) => name.startsWith('deepwell.deepwell-'));
  if (folder === undefined) throw new Error('VS Code did not install the VSIX.');
  return join(extensions, folder);
}
