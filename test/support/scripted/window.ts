import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../../vscode/settings.ts';
import type { Workbench } from '../../vscode/workbench.ts';
import { startOwnServer } from '../ownServer.ts';
import { PICTURES } from '../paths.ts';
import { READY } from '../window.ts';
import { type ScriptedExtension, scriptedExtension } from './extension.ts';

const LOAD_MS = 60_000;

/** A real VS Code window with the built extension, whose model is ready and writes by script. */
export interface ScriptedWindow extends AsyncDisposable {
  readonly workbench: Workbench;
  readonly workspace: string;
  readonly extension: ScriptedExtension;
}

export interface ScriptedWindowOptions {
  /** As of {@link scriptedExtension}. */
  readonly script: Readonly<Record<string, string>>;
  /** Texts by name. There before the window opens, because VS Code's file search remembers what it found. */
  readonly files: Readonly<Record<string, string>>;
  readonly userSettings?: Settings;
  /** Called with the workspace folder before the window opens. */
  readonly prepare?: (workspace: string) => void;
}

export async function openScriptedWindow(options: ScriptedWindowOptions): Promise<ScriptedWindow> {
  await mkdir(PICTURES, { recursive: true });
  await using resources = new AsyncDisposableStack();
  const server = resources.use(
    await startOwnServer({
      machineSettings: { 'deepwell.model': '/by/script.gguf' },
      userSettings: options.userSettings ?? {},
    }),
  );
  const workspace = await server.newWorkspace();
  for (const [name, text] of Object.entries(options.files)) await writeFile(join(workspace, name), text);
  options.prepare?.(workspace);
  const extension = await scriptedExtension(join(server.folder, 'scripted'), options.script);
  const workbench = await server.openWindow(workspace, { extensionPath: extension.folder });
  await workbench.statusBarLabel(READY, LOAD_MS);
  const owned = resources.move();
  return { workbench, workspace, extension, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
