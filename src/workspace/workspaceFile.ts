import * as vscode from 'vscode';
import { relativePath } from '../core/chat/relativePath.ts';

/** Of a name that many files have, none is meant. */
const MOST_OF_A_NAME = 2;

/**
 * A file of the workspace by a path that somebody wrote, who may be a model: relative to a workspace folder, or where that is
 * no file and the path is a mere name, the only file of that name. Undefined for what is not there or leads out of it.
 */
export async function workspaceFile(written: string): Promise<vscode.Uri | undefined> {
  const path = relativePath(written);
  if (path === undefined) return undefined;
  for (const { uri, name } of vscode.workspace.workspaceFolders ?? []) {
    // With several folders VS Code itself begins paths with the folder's name.
    const inside = path.startsWith(`${name}/`) ? [path, path.slice(name.length + 1)] : [path];
    for (const each of inside) {
      const file = vscode.Uri.joinPath(uri, each);
      if (await isFile(file)) return file;
    }
  }
  // Braces and brackets mean something in a glob.
  if (!/^[\w.@+-]+$/.test(path)) return undefined;
  const found = await vscode.workspace.findFiles(`**/${path}`, undefined, MOST_OF_A_NAME);
  return found.length === 1 ? found[0] : undefined;
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}
