import * as vscode from 'vscode';

export const EXPLAIN_KIND = vscode.CodeActionKind.Refactor.append('explain');

/** Offers to explain what is selected. Asked at each move of the cursor, so it only looks whether something is. */
export class ExplainAction implements vscode.CodeActionProvider {
  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    if (range.isEmpty || document.getText(range).trim() === '') return [];
    const title = vscode.l10n.t('Explain with Deepwell');
    const action = new vscode.CodeAction(title, EXPLAIN_KIND);
    action.command = { command: 'deepwell.explain', title };
    return [action];
  }
}
