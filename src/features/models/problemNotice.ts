import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import type { ModelAction, ModelProblem } from '../../core/models/modelProblem.ts';
import type { Model, ModelState } from '../../core/ports/model.ts';

const COMMANDS: Readonly<Record<ModelAction, string>> = {
  'choose-model': 'deepwell.chooseModel',
  'restart-engine': 'deepwell.restartEngine',
  'show-log': 'deepwell.showLog',
};

/** Says once what keeps the model from working, with the one thing to do about it. */
export class ProblemNotice implements Disposable {
  private readonly _listener: Disposable;
  private _shown: string | undefined;

  constructor(model: Model) {
    this._listener = model.onDidChangeState((state) => this.look(state));
    this.look(model.state);
  }

  dispose(): void {
    this._listener.dispose();
  }

  private look(state: ModelState): void {
    if (state.kind === 'ready') this._shown = undefined;
    if (state.kind !== 'failed' || state.problem.message === this._shown) return;
    this._shown = state.problem.message;
    void this.show(state.problem);
  }

  private async show({ kind, message, action }: ModelProblem): Promise<void> {
    const label = labelOf(action);
    // A model that was never chosen is an invitation, everything else went wrong.
    const show = kind === 'no-model' ? vscode.window.showInformationMessage : vscode.window.showErrorMessage;
    const picked = await show(message, label);
    if (picked === label) await vscode.commands.executeCommand(COMMANDS[action]);
  }
}

function labelOf(action: ModelAction): string {
  switch (action) {
    case 'choose-model':
      return vscode.l10n.t('Choose Model…');
    case 'restart-engine':
      return vscode.l10n.t('Restart Engine');
    case 'show-log':
      return vscode.l10n.t('Show Log');
  }
}
