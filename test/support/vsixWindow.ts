import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { cleanEnvironment } from '../vscode/cleanEnvironment.ts';
import { findChromium } from '../vscode/findChromium.ts';
import { ensureServer, type InstalledServer } from '../vscode/installServer.ts';
import type { Settings } from '../vscode/settings.ts';
import { type RunningServer, startServer } from '../vscode/startServer.ts';
import { Workbench } from '../vscode/workbench.ts';
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
  const workbench = resources.use(await open(running, workspace));
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

/** Unlike openWorkbench's, this address names no extension under development. */
async function open(server: RunningServer, workspace: string): Promise<Workbench> {
  const url = new URL(`http://${server.authority}/`);
  url.searchParams.set('folder', decodeURIComponent(pathToFileURL(workspace).pathname));
  url.searchParams.set('payload', JSON.stringify([['skipWelcome', 'true']]));
  const browser = await chromium.launch({
    executablePath: findChromium(() => undefined),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(url.href);
    return new Workbench(browser, page, new Promise(() => {}));
  } catch (error) {
    await browser.close();
    throw error;
  }
}
