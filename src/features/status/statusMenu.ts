import * as vscode from 'vscode';
import type { ModelState } from '../../core/ports/model.ts';
import { type IndexInput, indexInWords } from './indexInWords.ts';
import { showTuning, summary } from './tuningItems.ts';

export interface MenuInput {
  readonly model: ModelState;
  readonly index: IndexInput;
  readonly enabled: boolean;
  readonly snoozed: boolean;
  /** The machine the extension and its model run on; absent where it is the one with the window. */
  readonly remoteName: string | undefined;
  /** The active editor's language, with whether it is completed; absent without an editor. */
  readonly language?: { readonly id: string; readonly enabled: boolean };
}

interface Entry extends vscode.QuickPickItem {
  readonly command?: string;
  readonly args?: readonly unknown[];
  readonly run?: () => Promise<void>;
}

/** What the status bar item opens: the state in words, and everything one can do about it. */
export async function showStatusMenu(input: MenuInput): Promise<void> {
  const picked = await vscode.window.showQuickPick(entries(input), {
    title: input.remoteName
      ? vscode.l10n.t('Deepwell, running on the remote machine ({0})', input.remoteName)
      : 'Deepwell',
  });
  await picked?.run?.();
  if (picked?.command) await vscode.commands.executeCommand(picked.command, ...(picked.args ?? []));
}

function entries({ model, index, enabled, snoozed, language }: MenuInput): Entry[] {
  const { t } = vscode.l10n;
  const entry = (label: string, command: string, ...args: unknown[]): Entry => ({ label, command, args });
  return [
    { ...describeModel(model), command: 'deepwell.chooseModel' },
    ...indexEntry(index),
    ...tuningEntry(model),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
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
    ...(model.kind === 'failed' && model.problem.kind === 'no-model'
      ? []
      : [entry(t('Restart the engine'), 'deepwell.restartEngine')]),
    entry(t('Open the chat'), 'deepwell.chat.open'),
    entry(t('Why this suggestion?'), 'deepwell.showWhy'),
    entry(t('Show the last request'), 'deepwell.showLastRequest'),
    entry(t('Show the log'), 'deepwell.showLog'),
    entry(t('Diagnose'), 'deepwell.diagnose'),
    entry(t('Open settings'), 'workbench.action.openSettings', '@ext:deepwell.deepwell'),
  ];
}

/** Choosing it builds the index anew, or leads to the switch where it is off. */
function indexEntry(index: IndexInput): Entry[] {
  const words = indexInWords(index);
  if (words === undefined) return [];
  const label = `$(database) ${words}`;
  if (!index.enabled) {
    return [{ label, command: 'workbench.action.openSettings', args: ['deepwell.index'] }];
  }
  if (index.state.kind === 'off') return [{ label }];
  return [{ label, description: vscode.l10n.t('build anew'), command: 'deepwell.rebuildIndex' }];
}

function tuningEntry(model: ModelState): Entry[] {
  const tuning = model.kind === 'ready' ? model.model.tuning : undefined;
  if (!tuning) return [];
  const label = vscode.l10n.t('$(dashboard) Tuned for this machine…');
  return [{ label, detail: summary(tuning), run: () => showTuning(tuning) }];
}

/** The first entry: the model and what it is doing. Choosing it chooses another. */
function describeModel(state: ModelState): vscode.QuickPickItem {
  const { t } = vscode.l10n;
  const description = t('choose a model…');
  switch (state.kind) {
    case 'failed':
      return { label: t('$(warning) No model'), description, detail: state.problem.message };
    case 'loading':
      return { label: t('$(sync) Loading the model, {0} %', Math.round(100 * state.fraction)), description };
    case 'asleep':
      return {
        label: t('$(moon) The model sleeps'),
        description,
        detail: t('Its memory is free. The next key wakes it.'),
      };
    case 'ready': {
      const { name, backend, gpuLayers, contextTokens, format } = state.model;
      const where =
        gpuLayers > 0 ? t('{0}, {1} layers on the GPU', backend, gpuLayers) : t('On the processor');
      const how = format ? t('fills in the middle') : t('only continues text');
      return {
        label: `$(sparkle) ${name}`,
        description,
        detail: t('{0}, {1} tokens of context, {2}', where, contextTokens, how),
      };
    }
  }
}
