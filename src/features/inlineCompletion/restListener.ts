import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Completer } from '../../core/completion/completer.ts';
import { isCompleted } from '../../workspace/documents.ts';
import { viewOf } from '../../workspace/viewOf.ts';

/** After this long in one place without a key the user is reading, or about to type there. */
const REST_MS = 800;

/** Tells the completer where the cursor rests. Every key and every move ends the work that came of it. */
export class RestListener implements Disposable {
  private readonly _completer: Completer;
  private readonly _store = new DisposableStore();
  private _timer: NodeJS.Timeout | undefined;
  private _resting = new AbortController();

  constructor(completer: Completer) {
    this._completer = completer;
    const disturbed = (): void => this.disturbed();
    this._store.add(vscode.window.onDidChangeActiveTextEditor(disturbed));
    this._store.add(vscode.window.onDidChangeTextEditorSelection(disturbed));
    this._store.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document) this.disturbed();
      }),
    );
  }

  /** Something that makes a place worth preparing has changed: also when a model has been loaded. */
  disturbed(): void {
    clearTimeout(this._timer);
    this._resting.abort();
    this._timer = setTimeout(() => void this.rest(), REST_MS);
  }

  dispose(): void {
    clearTimeout(this._timer);
    this._resting.abort();
    this._store.dispose();
  }

  private async rest(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor || !isCompleted(editor.document)) return;
    this._resting = new AbortController();
    const view = viewOf(editor.document, editor.selection.active, this._completer.prefixChars);
    await this._completer.rest(view, this._resting.signal);
  }
}
