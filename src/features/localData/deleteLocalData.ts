import * as vscode from 'vscode';
import { formatBytes } from '../../core/models/bytes.ts';
import { clearUserSetting, storedSettings } from '../../workspace/storedSettings.ts';

/** Everything the extension keeps outside of its own folder. */
export interface LocalData {
  readonly folders: readonly { readonly what: string; readonly uri: vscode.Uri }[];
  readonly states: readonly vscode.Memento[];
  /** Full names of all settings. */
  readonly settings: readonly string[];
  /** Ends whatever holds files open; resolves when it has. */
  readonly stop: () => Promise<void>;
}

/** Lists what would be removed, and deletes it where `confirm` says so. Says what could not be deleted. */
export async function deleteLocalData(
  data: LocalData,
  confirm: (what: readonly string[]) => Promise<boolean> = askUser,
): Promise<void> {
  if (!(await confirm(await inventory(data)))) return;
  const failures = await deleteAll(data);
  if (failures.length === 0) {
    void offerReload();
  } else {
    const detail = failures.join('; ');
    void vscode.window.showWarningMessage(vscode.l10n.t('Deepwell could not delete: {0}', detail));
  }
}

/** What was stopped stays so: started again at once, the index would write what has just been deleted. */
async function offerReload(): Promise<void> {
  const { t } = vscode.l10n;
  const reload = t('Reload Window');
  const message = t('Deepwell’s local data is deleted. It begins anew when the window is reloaded.');
  const picked = await vscode.window.showInformationMessage(message, reload);
  if (picked === reload) await vscode.commands.executeCommand('workbench.action.reloadWindow');
}

/** @returns what is left, in words. */
export async function deleteAll({ folders, states, settings, stop }: LocalData): Promise<string[]> {
  const failures: string[] = [];
  const attempt = async (what: string, run: () => Thenable<void>): Promise<void> => {
    try {
      await run();
    } catch (error) {
      failures.push(`${what} (${error instanceof Error ? error.message : String(error)})`);
    }
  };
  for (const setting of userSettings(settings)) {
    await attempt(setting.name, () => clearUserSetting(setting));
  }
  for (const state of states) {
    for (const key of state.keys()) await attempt(key, () => state.update(key, undefined));
  }
  // After the settings: a changed one can start what works on these files.
  await stop();
  // One by one: a file that is open elsewhere must not keep the others.
  for (const { uri } of folders) {
    for (const file of await files(uri)) {
      await attempt(file.uri.fsPath, () => vscode.workspace.fs.delete(file.uri));
    }
    // What it still holds has been named already.
    const isEmpty = (await files(uri)).length === 0 && (await exists(uri));
    if (isEmpty) await attempt(uri.fsPath, () => vscode.workspace.fs.delete(uri, { recursive: true }));
  }
  for (const { name } of userSettings(settings)) {
    if (!failures.some((failure) => failure.startsWith(name))) failures.push(name);
  }
  return failures;
}

async function inventory({ folders, states, settings }: LocalData): Promise<string[]> {
  const { t } = vscode.l10n;
  const found: string[] = [];
  for (const { what, uri } of folders) {
    const all = await files(uri);
    const size = formatBytes(all.reduce((sum, { bytes }) => sum + bytes, 0));
    if (all.length > 0) found.push(t('{0}: {1} files, {2}, in {3}', what, all.length, size, uri.fsPath));
  }
  const names = [...new Set(userSettings(settings).map(({ name }) => name))];
  if (names.length > 0) found.push(t('user settings: {0}', names.join(', ')));
  const keys = states.flatMap((state) => state.keys());
  if (keys.length > 0) found.push(t('remembered choices: {0}', keys.join(', ')));
  return found;
}

async function askUser(what: readonly string[]): Promise<boolean> {
  const { t } = vscode.l10n;
  if (what.length === 0) {
    void vscode.window.showInformationMessage(t('Deepwell keeps no data on this machine.'));
    return false;
  }
  const yes = t('Delete');
  const picked = await vscode.window.showWarningMessage(
    t('Delete everything Deepwell keeps on this machine?'),
    {
      modal: true,
      detail: [
        ...what.map((each) => `• ${each}`),
        '',
        t('The engine is stopped. Model files that you keep elsewhere, and workspace settings, stay.'),
      ].join('\n'),
    },
    yes,
  );
  return picked === yes;
}

function userSettings(names: readonly string[]) {
  return storedSettings(names).filter(({ where }) => where === 'user');
}

/** Every file below a folder; none where it does not exist. Links are not followed. */
async function files(folder: vscode.Uri): Promise<{ uri: vscode.Uri; bytes: number }[]> {
  const found: { uri: vscode.Uri; bytes: number }[] = [];
  if (!(await exists(folder))) return found;
  for (const [name, type] of await vscode.workspace.fs.readDirectory(folder)) {
    const uri = vscode.Uri.joinPath(folder, name);
    if (type === vscode.FileType.Directory) found.push(...(await files(uri)));
    else
      found.push({
        uri,
        bytes: type === vscode.FileType.File ? (await vscode.workspace.fs.stat(uri)).size : 0,
      });
  }
  return found;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
