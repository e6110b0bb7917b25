import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../base/disposable.ts';
import { AllowedPaths } from '../core/files/allowedPaths.ts';
import { DEEPWELL_IGNORE, IGNORE_FILES } from '../core/files/ignoreRules.ts';
import { LARGEST_RULE_FILE_BYTES, type RuleFiles } from '../core/files/ruleFiles.ts';

/**
 * What the ignore files of the workspace say of open documents. The index obeys them by itself; this is for what never was in
 * it: documents while it is off or begins, and workspaces that no disk holds.
 */
export class DocumentRules implements Disposable {
  private readonly _store = new DisposableStore();
  private _all = new Map</* folder */ string, AllowedPaths>();
  private _own = new Map</* folder */ string, AllowedPaths>();
  private _keptOut = new Map</* uri */ string, boolean>();

  constructor() {
    const forget = (): void => this.forget();
    const watcher = this._store.add(
      vscode.workspace.createFileSystemWatcher(`**/{${IGNORE_FILES.join(',')}}`),
    );
    this._store.add(watcher.onDidCreate(forget));
    this._store.add(watcher.onDidChange(forget));
    this._store.add(watcher.onDidDelete(forget));
    this._store.add(vscode.workspace.onDidChangeWorkspaceFolders(forget));
    // Before the first key in it.
    this._store.add(vscode.workspace.onDidOpenTextDocument(({ uri }) => this.isKeptOut(uri)));
    this._store.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this._keptOut.delete(uri.toString())),
    );
    this.lookAtOpen();
  }

  /** Whether the rules of git and of Deepwell leave a document for the prompts of other files. */
  async allows(uri: vscode.Uri): Promise<boolean> {
    const place = placeOf(uri);
    return place === undefined || rulesOf(this._all, place.folder, IGNORE_FILES).allows(place.path);
  }

  /**
   * Whether `.deepwellignore` names a document: it is not even completed. True also while that is being found out, which takes
   * a moment after it was opened.
   */
  isKeptOut(uri: vscode.Uri): boolean {
    const key = uri.toString();
    const known = this._keptOut.get(key);
    if (known === undefined) void this.lookAt(uri);
    return known ?? true;
  }

  /** The same, for whoever can wait until it is known. */
  async keepsOut(uri: vscode.Uri): Promise<boolean> {
    return this._keptOut.get(uri.toString()) ?? this.lookAt(uri);
  }

  dispose(): void {
    this._store.dispose();
  }

  private async lookAt(uri: vscode.Uri): Promise<boolean> {
    // Of these rules; others take another map.
    const verdicts = this._keptOut;
    const place = placeOf(uri);
    const isAllowed =
      place === undefined || (await rulesOf(this._own, place.folder, [DEEPWELL_IGNORE]).allows(place.path));
    verdicts.set(uri.toString(), !isAllowed);
    return !isAllowed;
  }

  /** Rules that have changed are read again for all that is open; until then nothing is known. */
  private forget(): void {
    this._all = new Map();
    this._own = new Map();
    this._keptOut = new Map();
    this.lookAtOpen();
  }

  private lookAtOpen(): void {
    for (const { uri } of vscode.workspace.textDocuments) this.isKeptOut(uri);
  }
}

interface Place {
  readonly folder: vscode.Uri;
  /** In the folder, with forward slashes. */
  readonly path: string;
}

/** Undefined for what is in no workspace folder: whoever opens it wants it. */
function placeOf(uri: vscode.Uri): Place | undefined {
  const file = fileOf(uri);
  const folder = vscode.workspace.getWorkspaceFolder(file)?.uri;
  if (!folder) return undefined;
  const root = folder.path.replace(/\/$/, '');
  return { folder, path: file.path.slice(root.length + 1) };
}

/** The notebook, for a cell of one. */
function fileOf(uri: vscode.Uri): vscode.Uri {
  if (uri.scheme !== 'vscode-notebook-cell') return uri;
  const cell = uri.toString();
  const notebook = vscode.workspace.notebookDocuments.find((each) =>
    each.getCells().some(({ document }) => document.uri.toString() === cell),
  );
  return notebook?.uri ?? uri;
}

function rulesOf(
  known: Map</* folder */ string, AllowedPaths>,
  folder: vscode.Uri,
  names: readonly string[],
): AllowedPaths {
  const key = folder.toString();
  const rules =
    known.get(key) ??
    new AllowedPaths({ root: folder.path.replace(/\/$/, ''), excludes: [], names, files: filesOf(folder) });
  known.set(key, rules);
  return rules;
}

/** By VS Code's own access to files, which reaches whatever a workspace is made of. */
function filesOf(folder: vscode.Uri): RuleFiles {
  return {
    read: async (path) => {
      const uri = folder.with({ path });
      try {
        const { size } = await vscode.workspace.fs.stat(uri);
        if (size > LARGEST_RULE_FILE_BYTES) return undefined;
        return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      } catch {
        return undefined;
      }
    },
    exists: (path) =>
      Promise.resolve(vscode.workspace.fs.stat(folder.with({ path }))).then(
        () => true,
        () => false,
      ),
    // Who opens a document behind a link has seen where it is.
    isReachedByLink: async () => false,
  };
}
