import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import type { Model, ModelState } from '../../core/ports/model.ts';
import type { Settings } from '../../workspace/settings.ts';

const TOLD = 'starter.told';

/** Says once, ever, that the model at work is the small one that came along, and how to choose another. */
export class StarterNotice implements Disposable {
  private readonly _settings: Settings;
  private readonly _memory: vscode.Memento;
  private readonly _listener: Disposable;

  constructor(model: Model, settings: Settings, memory: vscode.Memento) {
    this._settings = settings;
    this._memory = memory;
    this._listener = model.onDidChangeState((state) => void this.look(state));
    void this.look(model.state);
  }

  dispose(): void {
    this._listener.dispose();
  }

  private async look({ kind }: ModelState): Promise<void> {
    if (kind !== 'ready' || this._settings.modelPath !== undefined) return;
    this.dispose();
    if (this._memory.get<unknown>(TOLD) === true) return;
    const { t } = vscode.l10n;
    const choose = t('Choose Model…');
    await this._memory.update(TOLD, true);
    const picked = await vscode.window.showInformationMessage(
      t(
        'Deepwell completes with the small model that came with it. A larger one on this machine knows more.',
      ),
      choose,
    );
    if (picked === choose) await vscode.commands.executeCommand('deepwell.chooseModel');
  }
}
