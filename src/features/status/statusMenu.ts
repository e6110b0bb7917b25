import * as vscode from 'vscode';
import type { ModelState } from '../../core/ports/model.ts';

export interface MenuInput {
  readonly model: ModelState;
  readonly enabled: boolean;
  readonly snoozed: boolean;
  /** The active editor's language, with whether it is completed; absent without an editor. */
  readonly language?: { readonly id: string; readonly enabled: boolean };
}

interface Entry extends vscode.QuickPickItem {
  readonly command?: string;
  readonly args?: readonly unknown[];
}

/** What the status bar item opens: the state in words, and everything one can do about it. */
export async function showStatusMenu(input: MenuInput): Promise<void> {
  const picked = await vscode.window.showQuickPick(entries(input), {
    title: 'Deepwell',
    placeHolder: describeModel(input.model),
  });
  if (picked?.command) await vscode.commands.executeCommand(picked.command, ...(picked.args ?? []));
}

function entries({ model, enabled, snoozed, language }: MenuInput): Entry[] {
  const { t } = vscode.l10n;
  const entry = (label: string, command: string, ...args: unknown[]): Entry => ({ label, command, args });
  return [
    entry(enabled ? t('Turn completions off') : t('Turn completions on'), 'deepwell.toggle'),
    ...(language
      ? [
          entry(
            language.enabled ? t('Turn off for {0}', language.id) : t('Turn on for {0}', language.id),
            'deepwell.toggleLanguage',
          ),
        ]
      : []),
    snoozed
      ? entry(t('End snooze'), 'deepwell.endSnooze')
      : entry(t('Snooze for five minutes'), 'deepwell.snooze'),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    entry(t('Choose a model file…'), 'deepwell.chooseModel'),
    ...(model.kind === 'failed' && model.problem.kind === 'no-model'
      ? []
      : [entry(t('Restart the engine'), 'deepwell.restartEngine')]),
    entry(t('Show the log'), 'deepwell.showLog'),
    entry(t('Open settings'), 'workbench.action.openSettings', '@ext:deepwell.deepwell'),
  ];
}

function describeModel(state: ModelState): string {
  const { t } = vscode.l10n;
  switch (state.kind) {
    case 'failed':
      return state.problem.message;
    case 'loading':
      return t('Loading the model, {0} %', Math.round(100 * state.fraction));
    case 'ready': {
      const { name, backend, gpuLayers, contextTokens, format } = state.model;
      const where =
        gpuLayers > 0 ? t('{0}, {1} layers on the GPU', backend, gpuLayers) : t('on the processor');
      const how = format
        ? t('fills in the middle')
        : t('continues text only: it has no fill-in-the-middle tokens');
      return t('{0}: {1}, {2} tokens of context, {3}', name, where, contextTokens, how);
    }
  }
}
