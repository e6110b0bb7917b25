import * as vscode from 'vscode';

/** What the least extension costs: one file, one thing registered. */
export function activate(context) {
  context.subscriptions.push(new vscode.EventEmitter());
}
