import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Settings } from '../../workspace/settings.ts';
import type { Snooze } from '../../core/completion/snooze.ts';
import type { StatusView } from './statusView.ts';

const SNOOZE_MINUTES = 5;

export interface CommandTargets {
  readonly settings: Settings;
  readonly snooze: Snooze;
  readonly status: StatusView;
  readonly chooseModel: () => Promise<void>;
  readonly restartEngine: () => void;
  readonly rebuildIndex: () => void;
  readonly showWhy: () => Promise<void>;
  readonly showLastRequest: () => Promise<void>;
  readonly showLog: () => void;
  readonly diagnose: () => Promise<void>;
  readonly deleteLocalData: () => Promise<void>;
}

/** Every command of package.json, in its order. */
export function registerCommands({
  settings,
  snooze,
  status,
  chooseModel,
  restartEngine,
  rebuildIndex,
  showWhy,
  showLastRequest,
  showLog,
  diagnose,
  deleteLocalData,
}: CommandTargets): Disposable {
  const store = new DisposableStore();
  const on = (name: string, run: () => unknown): void => {
    store.add(vscode.commands.registerCommand(`deepwell.${name}`, run));
  };
  on('trigger', () => vscode.commands.executeCommand('editor.action.inlineSuggest.trigger'));
  on('toggle', () => settings.setEnabled(!settings.enabled));
  on('toggleLanguage', async () => {
    const document = vscode.window.activeTextEditor?.document;
    if (document) await settings.setEnabledFor(document.languageId, !settings.enabledFor(document));
  });
  on('snooze', () => snooze.start(SNOOZE_MINUTES));
  on('endSnooze', () => snooze.end());
  on('chooseModel', chooseModel);
  on('restartEngine', restartEngine);
  on('rebuildIndex', rebuildIndex);
  on('showWhy', showWhy);
  on('showLastRequest', showLastRequest);
  on('showLog', showLog);
  on('diagnose', diagnose);
  on('deleteLocalData', deleteLocalData);
  on('showMenu', () => status.showMenu());
  return store;
}
