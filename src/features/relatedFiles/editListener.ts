import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { RecentEdits } from '../../core/context/sources/recentEdits.ts';
import type { IndexFeed } from '../../core/ports/codeIndex.ts';
import { isCompleted } from '../../workspace/documents.ts';

/** Tells who gathers context what the user edits, and the index which text is not yet on the disk. */
export class EditListener implements Disposable {
  private readonly _edits: RecentEdits;
  private readonly _index: IndexFeed;
  private readonly _store = new DisposableStore();

  constructor(edits: RecentEdits, index: IndexFeed) {
    this._edits = edits;
    this._index = index;
    this._store.add(vscode.workspace.onDidChangeTextDocument((event) => this.changed(event)));
    const onDisk = ({ uri }: vscode.TextDocument): void => index.documentChanged(uri.toString(), undefined);
    this._store.add(vscode.workspace.onDidSaveTextDocument(onDisk));
    this._store.add(vscode.workspace.onDidCloseTextDocument(onDisk));
    for (const document of vscode.workspace.textDocuments) if (document.isDirty) this.unsaved(document);
  }

  dispose(): void {
    this._store.dispose();
  }

  private changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (!isCompleted(document)) return;
    // Comes once more, without changes, when a document has become dirty, or clean again.
    this.unsaved(document);
    // What another program writes to a file that is open somewhere is no edit of the user's.
    if (!document.isDirty && document !== vscode.window.activeTextEditor?.document) return;
    const uri = document.uri.toString();
    for (const { range, text } of contentChanges) {
      this._edits.edited({
        uri,
        firstLine: range.start.line,
        removedLineEnds: range.end.line - range.start.line,
        addedLineEnds: lineEndsIn(text),
      });
    }
  }

  private unsaved(document: vscode.TextDocument): void {
    const read = (): string | undefined =>
      document.isDirty && !document.isClosed ? document.getText() : undefined;
    this._index.documentChanged(document.uri.toString(), document.isDirty ? read : undefined);
  }
}

function lineEndsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
