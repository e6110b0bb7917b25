import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../base/disposable.ts';
import { Emitter } from '../base/emitter.ts';

const EXCLUDING_SETTINGS = ['files.exclude', 'search.exclude'];

/** What of the workspace an index on this machine's disk can walk. */
export class IndexedFolders implements Disposable {
  private readonly _store = new DisposableStore();
  private readonly _changed = this._store.add(new Emitter<void>());

  readonly onDidChange = this._changed.event;

  constructor() {
    this._store.add(vscode.workspace.onDidChangeWorkspaceFolders(() => this._changed.fire()));
    this._store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (EXCLUDING_SETTINGS.some((name) => event.affectsConfiguration(name))) this._changed.fire();
      }),
    );
  }

  /** Not those of another file system, such as a repository that is browsed without being cloned. */
  get folders(): { readonly uri: string; readonly path: string }[] {
    return (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === 'file')
      .map(({ uri }) => ({ uri: uri.toString(), path: uri.fsPath }));
  }

  /** Globs that are on, whatever their folder: too much excluded is better than too little. Those with a `when` ask for more. */
  get excludes(): string[] {
    const scopes = [undefined, ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri)];
    const globs = scopes.flatMap((scope) =>
      EXCLUDING_SETTINGS.flatMap((name) => {
        const value = vscode.workspace.getConfiguration(undefined, scope).get<Record<string, unknown>>(name);
        return Object.entries(value ?? {}).flatMap(([glob, isOn]) => (isOn === true ? [glob] : []));
      }),
    );
    return [...new Set(globs)].sort();
  }

  dispose(): void {
    this._store.dispose();
  }
}
