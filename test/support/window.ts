import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureServer } from '../vscode/installServer.ts';
import { openWorkbench } from '../vscode/openWorkbench.ts';
import type { Settings } from '../vscode/settings.ts';
import { startServer } from '../vscode/startServer.ts';
import type { Workbench } from '../vscode/workbench.ts';
import { FIXTURE_WORKSPACE, PROJECT } from './paths.ts';

/** What the status item says to a screen reader once a model is loaded and at rest. */
export const READY = /^Deepwell: .* is ready$/;

export interface TestWindow extends AsyncDisposable {
  readonly workbench: Workbench;
  readonly workspace: string;
}

/** A real VS Code window on a fresh copy of the fixture workspace, with the built extension and these settings. */
export async function openTestWindow(settings: {
  machine: Settings;
  user?: Settings;
  /** Variables for the server and everything it starts. */
  env?: Readonly<Record<string, string>>;
}): Promise<TestWindow> {
  const parent = await mkdtemp(join(tmpdir(), 'deepwell-e2e-'));
  // A folder name with a space and letters beyond ASCII, as users have them.
  const workspace = join(parent, 'wörk space');
  await mkdir(workspace);
  await cp(FIXTURE_WORKSPACE, workspace, { recursive: true });
  const server = await startServer({
    server: await ensureServer(() => undefined),
    machineSettings: settings.machine,
    userSettings: { 'editor.quickSuggestions': { other: 'off' }, ...settings.user },
    ...(settings.env && { env: settings.env }),
  });
  const workbench = await openWorkbench({ server, workspaceFolder: workspace, extensionPath: PROJECT });
  await workbench.waitReady();
  return {
    workbench,
    workspace,
    async [Symbol.asyncDispose]() {
      await workbench.dispose();
      await server.dispose();
      await rm(parent, { recursive: true, force: true });
    },
  };
}
