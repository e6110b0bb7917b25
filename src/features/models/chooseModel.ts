import * as vscode from 'vscode';
import type { Settings } from '../../workspace/settings.ts';

/** Lets the user pick a GGUF file on the machine the extension runs on, and makes it the model. */
export async function chooseModel(settings: Settings): Promise<void> {
  const [picked] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Choose a GGUF model file'),
      openLabel: vscode.l10n.t('Use this model'),
      filters: { GGUF: ['gguf'] },
      canSelectMany: false,
    })) ?? [];
  if (picked) await settings.setModelPath(picked.fsPath);
}
