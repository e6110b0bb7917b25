import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { Emitter } from '../../base/emitter.ts';
import type { LineChange } from '../../core/refactor/absorb.ts';
import type { TextEdit } from '../../core/refactor/textEdits.ts';
import type { RefactorEditor, UndoStops } from './refactorEditor.ts';

/** A document in VS Code, through whichever editor shows it. */
export class VscodeRefactorEditor implements RefactorEditor, Disposable {
  private readonly _document: vscode.TextDocument;
  private readonly _store = new DisposableStore();
  private readonly _changed = this._store.add(new Emitter<readonly LineChange[]>());
  private readonly _closed = this._store.add(new Emitter<void>());
  private readonly _before: string;
  /** Whether all that was applied is one step to undo. */
  private _isOneStep = true;
  private _isSaved = false;

  readonly onDidChange = this._changed.event;
  readonly onDidClose = this._closed.event;

  constructor(document: vscode.TextDocument) {
    this._document = document;
    this._before = document.getText();
    this._store.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document === this._document && contentChanges.length > 0) {
          this._changed.fire(contentChanges.map(lineChangeOf));
        }
      }),
    );
    this._store.add(
      vscode.workspace.onDidSaveTextDocument((saved) => {
        if (saved !== this._document) return;
        this._isSaved = true;
        // A save ends a step.
        this._isOneStep = false;
      }),
    );
    this._store.add(
      vscode.workspace.onDidCloseTextDocument((closed) => {
        // A change of its language closes a document for VS Code's listeners, and opens it again.
        if (closed === this._document && closed.isClosed) this._closed.fire();
      }),
    );
  }

  /** Since the session began. */
  get isSaved(): boolean {
    return this._isSaved;
  }

  get eol(): '\n' | '\r\n' {
    return this._document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  }

  get lineCount(): number {
    return this._document.lineCount;
  }

  lines(start: number, end: number): readonly string[] {
    const last = Math.min(end, this.lineCount);
    return Array.from({ length: Math.max(0, last - start) }, (_, index) => {
      return this._document.lineAt(start + index).text;
    });
  }

  async apply(edits: readonly TextEdit[], stops: UndoStops): Promise<boolean> {
    const editor = this.editor();
    if (editor) {
      return editor.edit((builder) => edits.forEach((edit) => builder.replace(rangeOf(edit), edit.text)), {
        undoStopBefore: stops.before,
        undoStopAfter: stops.after,
      });
    }
    // Nobody looks at it: then each edit is a step of its own.
    this._isOneStep = false;
    const change = new vscode.WorkspaceEdit();
    for (const edit of edits) change.replace(this._document.uri, rangeOf(edit), edit.text);
    return vscode.workspace.applyEdit(change);
  }

  async undoAll(): Promise<boolean> {
    const editor = this.editor();
    // The command undoes in the active editor, whichever that is.
    if (!this._isOneStep || !editor || editor !== vscode.window.activeTextEditor) return false;
    const now = this._document.getText();
    // And in whatever has the focus before that: the box of a palette that was just closed, a chat.
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await vscode.commands.executeCommand('undo');
    if (this._document.getText() === this._before) {
      // An edit that changes nothing makes VS Code forget what could be redone.
      await editor.edit((builder) => builder.replace(new vscode.Range(0, 0, 0, 0), ''));
      return true;
    }
    if (this._document.getText() !== now) await vscode.commands.executeCommand('redo');
    return false;
  }

  dispose(): void {
    this._store.dispose();
  }

  private editor(): vscode.TextEditor | undefined {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    if (activeTextEditor?.document === this._document) return activeTextEditor;
    return visibleTextEditors.find(({ document }) => document === this._document);
  }
}

function rangeOf({ startLine, startCharacter, endLine, endCharacter }: TextEdit): vscode.Range {
  return new vscode.Range(startLine, startCharacter, endLine, endCharacter);
}

/** Whole lines where the change is of such; else the lines that it begins and ends in count as changed too. */
function lineChangeOf({ range, text }: vscode.TextDocumentContentChangeEvent): LineChange {
  const { start, end } = range;
  const breaks = text.split('\n').length - 1;
  const isWhole = start.character === 0 && end.character === 0 && (text === '' || text.endsWith('\n'));
  if (isWhole) return { start: start.line, end: end.line, count: breaks };
  return { start: start.line, end: end.line + 1, count: breaks + 1 };
}
