import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Completer } from '../../core/completion/completer.ts';
import { isCompleted } from '../../workspace/documents.ts';
import { viewOf } from '../../workspace/viewOf.ts';

/** A bracket or quote with the closer that the editor added: the cursor stands between them. */
const AUTO_CLOSED = /^([([{<"'`])[)\]}>"'`]$/;

/** Enter between two brackets: the cursor stands on the first of the new lines. */
const OPENED_LINE = /^(\r?\n[ \t]*)\r?\n[ \t]*$/;

/**
 * Tells the completer of every key 40 to 70 ms before VS Code asks for ghost text, and in a fast burst of keys VS Code
 * does not ask at all.
 */
export class TypingListener implements Disposable {
  private readonly _completer: Completer;
  private readonly _store = new DisposableStore();
  private _expected: { document: vscode.TextDocument; position: vscode.Position } | undefined;

  constructor(completer: Completer) {
    this._completer = completer;
    this._store.add(vscode.workspace.onDidChangeTextDocument((event) => this.documentChanged(event)));
    this._store.add(vscode.window.onDidChangeTextEditorSelection((event) => this.selectionChanged(event)));
    this._store.add(vscode.window.onDidChangeActiveTextEditor(() => this._completer.moved()));
  }

  dispose(): void {
    this._store.dispose();
  }

  private documentChanged({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const [change, second] = contentChanges;
    if (!change || document !== vscode.window.activeTextEditor?.document || !isCompleted(document)) return;
    if (second || reason !== undefined) {
      this._expected = undefined;
      this._completer.moved();
      return;
    }
    // The selection event comes later: where the cursor will be follows from the change.
    const length = charsBeforeCursor(change.text);
    const position = document.positionAt(change.rangeOffset + length);
    this._expected = { document, position };
    const isDeletion = change.text === '' && change.rangeLength > 0;
    this._completer.typed(viewOf(document, position, this._completer.prefixChars), isDeletion);
  }

  private selectionChanged({ textEditor, selections }: vscode.TextEditorSelectionChangeEvent): void {
    const expected = this._expected;
    const selection = selections[0];
    if (!expected || !selection || textEditor.document !== expected.document) return;
    if (selection.isEmpty && selection.active.isEqual(expected.position)) return;
    this._expected = undefined;
    this._completer.moved();
  }
}

/** How much of a change's text stands before the cursor afterwards: all of it, but for what the editor adds by itself. */
function charsBeforeCursor(text: string): number {
  const own = AUTO_CLOSED.exec(text) ?? OPENED_LINE.exec(text);
  return own?.[1]?.length ?? text.length;
}
