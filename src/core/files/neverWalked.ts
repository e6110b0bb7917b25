/** Folders that no ignore file needs to name. */
const NEVER = new Set(['.git', '.hg', '.svn', 'node_modules', '__pycache__', '.vscode-test']);

/** Whether a folder of this name is never looked into. */
export function isNeverWalked(name: string): boolean {
  return NEVER.has(name);
}
