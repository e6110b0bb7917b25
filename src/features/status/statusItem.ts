import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { CodeIndexState } from '../../core/ports/codeIndex.ts';
import type { ModelState } from '../../core/ports/model.ts';
import { indexedPercent } from './indexInWords.ts';

/** Fewer files are indexed before one has read of it. */
const SHOWN_FILES = 100;

export interface StatusInput {
  readonly model: ModelState;
  readonly index: CodeIndexState;
  readonly enabled: boolean;
  readonly languageEnabled: boolean;
  readonly snoozed: boolean;
  readonly thinking: boolean;
}

/** The one status bar item: icon and name, with the rest in its tooltip. Its menu is `deepwell.showMenu`. */
export class StatusItem implements Disposable {
  private readonly _store = new DisposableStore();
  private readonly _item: vscode.StatusBarItem;

  constructor() {
    this._item = this._store.add(
      vscode.window.createStatusBarItem('deepwell', vscode.StatusBarAlignment.Right, 100),
    );
    this._item.name = 'Deepwell';
    this._item.command = 'deepwell.showMenu';
  }

  show(input: StatusInput): void {
    const { icon, suffix, tooltip } = withIndex(describe(input), input.index);
    const text = `$(${icon}) Deepwell${suffix}`;
    if (this._item.text !== text) this._item.text = text;
    this._item.tooltip = tooltip;
    this._item.accessibilityInformation = { label: tooltip, role: 'button' };
    this._item.show();
  }

  dispose(): void {
    this._store.dispose();
  }
}

interface Look {
  readonly icon: string;
  readonly suffix: string;
  readonly tooltip: string;
}

/** While the index grows: how far it is. Short looks at files that changed are not shown. */
function withIndex(look: Look, state: CodeIndexState): Look {
  if (state.kind !== 'indexing' || state.totalFiles < SHOWN_FILES || look.suffix !== '') return look;
  const percent = indexedPercent(state);
  return {
    ...look,
    suffix: ` $(database) ${percent} %`,
    tooltip: vscode.l10n.t('{0}. Indexing the workspace, {1} percent', look.tooltip, percent),
  };
}

/** All icons are equally wide, so that the bar does not jump while the model works. */
export function describe({
  model,
  enabled,
  languageEnabled,
  snoozed,
  thinking,
}: Omit<StatusInput, 'index'>): Look {
  if (model.kind === 'failed') return { icon: 'warning', suffix: '', tooltip: model.problem.message };
  if (model.kind === 'loading') {
    const percent = Math.round(100 * model.fraction);
    return {
      icon: 'loading~spin',
      suffix: ` ${percent} %`,
      tooltip: vscode.l10n.t('Deepwell: loading the model, {0} percent', percent),
    };
  }
  if (!enabled)
    return { icon: 'circle-slash', suffix: '', tooltip: vscode.l10n.t('Deepwell: completions are off') };
  if (snoozed) return { icon: 'bell-slash', suffix: '', tooltip: vscode.l10n.t('Deepwell: snoozed') };
  if (!languageEnabled) {
    return { icon: 'circle-slash', suffix: '', tooltip: vscode.l10n.t('Deepwell: off for this language') };
  }
  if (model.kind === 'asleep') {
    return {
      icon: 'coffee',
      suffix: '',
      tooltip: vscode.l10n.t('Deepwell: the model sleeps and its memory is free, the next key wakes it'),
    };
  }
  const name = model.model.name;
  if (thinking)
    return { icon: 'loading~spin', suffix: '', tooltip: vscode.l10n.t('Deepwell: {0} is thinking', name) };
  return { icon: 'sparkle', suffix: '', tooltip: vscode.l10n.t('Deepwell: {0} is ready', name) };
}
