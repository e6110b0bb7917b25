import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { LastAnswers } from '../../core/inspect/lastAnswers.ts';
import { renderLastRequest } from '../../core/inspect/lastRequest.ts';
import { renderWhy } from '../../core/inspect/whySuggestion.ts';

const SCHEME = 'deepwell';
const LAST_REQUEST = vscode.Uri.from({ scheme: SCHEME, path: '/Last Request.md' });
const WHY = vscode.Uri.from({ scheme: SCHEME, path: '/Why This Suggestion.md' });

/** Two read-only documents about the last suggestion. What they say is made when they are asked for, and kept nowhere. */
export class Inspector implements Disposable, vscode.TextDocumentContentProvider {
  private readonly _answers: LastAnswers;
  private readonly _store = new DisposableStore();
  private readonly _changed = this._store.add(new vscode.EventEmitter<vscode.Uri>());

  readonly onDidChange = this._changed.event;

  constructor(answers: LastAnswers) {
    this._answers = answers;
    this._store.add(vscode.workspace.registerTextDocumentContentProvider(SCHEME, this));
  }

  /** What the prompt was made of, and what it cost. */
  showLastRequest(): Promise<void> {
    return this.show(LAST_REQUEST);
  }

  /** The gate's reason, or what the model wrote and what became of it. */
  showWhy(): Promise<void> {
    return this.show(WHY);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const { t } = vscode.l10n;
    if (uri.path === LAST_REQUEST.path) {
      const { request } = this._answers;
      return request ? renderLastRequest(request) : t('The model has not been asked for anything yet.');
    }
    const { answer } = this._answers;
    return answer ? renderWhy(answer) : t('No suggestion has been asked for yet.');
  }

  dispose(): void {
    this._store.dispose();
  }

  private async show(uri: vscode.Uri): Promise<void> {
    // Where it is open already, what it says is of an earlier one.
    this._changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }
}
