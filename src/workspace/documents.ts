import type * as vscode from 'vscode';

/** Where code is written. Not: source control input, comments, search results, output, diffs' read-only sides. */
const SCHEMES: readonly string[] = [
  'file',
  'untitled',
  'vscode-notebook-cell',
  'vscode-vfs',
  'vscode-userdata',
];

export const COMPLETED_DOCUMENTS: vscode.DocumentFilter[] = SCHEMES.map((scheme) => ({ scheme }));

export function isCompleted(document: vscode.TextDocument): boolean {
  return SCHEMES.includes(document.uri.scheme);
}
