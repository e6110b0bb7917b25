import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { VisitedEditors } from '../../core/context/sources/visitedEditors.ts';
import { isCompleted } from '../../workspace/documents.ts';

/** Tells who gathers context which lines the user has seen; of the editors on the screen the active one last. */
export class VisitListener implements Disposable {
  private readonly _visits: VisitedEditors;
  private readonly _store = new DisposableStore();

  constructor(visits: VisitedEditors) {
    this._visits = visits;
    const all = (): void => this.sawAll();
    this._store.add(vscode.window.onDidChangeActiveTextEditor(all));
    this._store.add(vscode.window.onDidChangeVisibleTextEditors(all));
    this._store.add(
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.saw(textEditor)),
    );
    this.sawAll();
  }

  dispose(): void {
    this._store.dispose();
  }

  private sawAll(): void {
    for (const editor of vscode.window.visibleTextEditors) this.saw(editor);
    if (vscode.window.activeTextEditor) this.saw(vscode.window.activeTextEditor);
  }

  private saw({ document, visibleRanges }: vscode.TextEditor): void {
    const first = visibleRanges[0];
    const last = visibleRanges.at(-1);
    if (!first || !last || !isCompleted(document)) return;
    this._visits.saw({
      uri: document.uri.toString(),
      firstLine: first.start.line,
      endLine: last.end.line + 1,
    });
  }
}
