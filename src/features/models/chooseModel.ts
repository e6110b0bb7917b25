import * as vscode from 'vscode';
import type { ModelFiles } from '../../core/ports/modelFiles.ts';
import type { Settings } from '../../workspace/settings.ts';
import { askForAddress } from './askForAddress.ts';
import { downloadModel } from './downloadModel.ts';
import type { Choice } from './modelItems.ts';
import { pickModel } from './pickModel.ts';

export interface ModelChooser {
  readonly files: ModelFiles;
  readonly settings: Settings;
  /** Loads the current model once more, where it is not loaded. */
  readonly reload: () => void;
}

/** Lets the user pick a model on this machine or download one, and makes it the model. */
export async function chooseModel(chooser: ModelChooser): Promise<void> {
  const choice = await pickModel(chooser.files, chooser.settings);
  if (choice) await follow(choice, chooser);
}

async function follow(choice: Choice, chooser: ModelChooser): Promise<void> {
  const { t } = vscode.l10n;
  switch (choice.kind) {
    case 'starter':
      await use(undefined, chooser);
      return;
    case 'file':
      if (await isWanted(choice.shortage, t('Use It Anyway'))) await use(choice.path, chooser);
      return;
    case 'browse': {
      const path = await browse();
      if (path !== undefined) await use(path, chooser);
      return;
    }
    case 'address': {
      const address = await askForAddress();
      if (address !== undefined) await download(address, chooser);
      return;
    }
    case 'suggestion':
      if (await isWanted(choice.shortage, t('Download It Anyway'))) await download(choice.address, chooser);
      return;
  }
}

/** A file on the machine the extension runs on. */
async function browse(): Promise<string | undefined> {
  const [picked] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Choose a GGUF model file'),
      openLabel: vscode.l10n.t('Use this model'),
      filters: { GGUF: ['gguf'] },
      canSelectMany: false,
    })) ?? [];
  return picked?.fsPath;
}

async function download(address: string, chooser: ModelChooser): Promise<void> {
  const { t } = vscode.l10n;
  const before = chooser.settings.modelPath;
  const path = await downloadModel(chooser.files, address);
  if (path === undefined) return;
  if (chooser.settings.modelPath !== before) {
    // Another one was chosen meanwhile: that was the later wish.
    const action = t('Use It');
    const picked = await vscode.window.showInformationMessage(
      t('The model is downloaded: {0}', path),
      action,
    );
    if (picked !== action) return;
  }
  await use(path, chooser);
}

async function use(path: string | undefined, { settings, reload }: ModelChooser): Promise<void> {
  if (path === settings.modelPath) reload();
  else await settings.setModelPath(path);
}

async function isWanted(shortage: string | undefined, anyway: string): Promise<boolean> {
  if (shortage === undefined) return true;
  const { t } = vscode.l10n;
  const message = t('This model does not fit in memory: it {0}.', shortage);
  const detail = t('Closing other programs may make room for it.');
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, anyway)) === anyway;
}
