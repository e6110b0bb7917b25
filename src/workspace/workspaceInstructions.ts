import * as vscode from 'vscode';
import type { DocumentRules } from './documentRules.ts';

const NAME = 'AGENTS.md';
const LARGEST_BYTES = 100_000;

/**
 * What a workspace tells its assistants, from the `AGENTS.md` in the root of its first folder that has one; '' where there is
 * none. Only of a workspace that the user trusts: it speaks to the model in the user's name.
 */
export async function workspaceInstructions(rules: DocumentRules): Promise<string> {
  if (!vscode.workspace.isTrusted) return '';
  for (const { uri: folder } of vscode.workspace.workspaceFolders ?? []) {
    const uri = vscode.Uri.joinPath(folder, NAME);
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > LARGEST_BYTES || !(await rules.allows(uri))) continue;
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)).replaceAll('\r\n', '\n');
    } catch {
      // Most folders have none.
    }
  }
  return '';
}
