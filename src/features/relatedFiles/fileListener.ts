import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { isNeverWalked } from '../../core/files/neverWalked.ts';
import type { IndexFeed } from '../../core/ports/codeIndex.ts';

/** Changes come in bursts: a checkout is thousands of them. */
const BURST_MS = 300;

/** So many files are told at once. */
const MOST_FILES = 5_000;

/** Tells the index what changes on the disk. */
export class FileListener implements Disposable {
  private readonly _index: IndexFeed;
  private readonly _store = new DisposableStore();
  private readonly _changed = new Set</* uri */ string>();
  private _timer: NodeJS.Timeout | undefined;

  constructor(index: IndexFeed) {
    this._index = index;
    const watcher = this._store.add(vscode.workspace.createFileSystemWatcher('**/*'));
    const changed = (uri: vscode.Uri): void => this.changed(uri);
    this._store.add(watcher.onDidCreate(changed));
    this._store.add(watcher.onDidChange(changed));
    this._store.add(watcher.onDidDelete(changed));
  }

  dispose(): void {
    clearTimeout(this._timer);
    this._store.dispose();
  }

  private changed(uri: vscode.Uri): void {
    if (uri.path.split('/').some(isNeverWalked)) return;
    this._changed.add(uri.toString());
    this._timer ??= setTimeout(() => this.flush(), BURST_MS);
  }

  private flush(): void {
    this._timer = undefined;
    const uris = [...this._changed];
    this._changed.clear();
    for (let at = 0; at < uris.length; at += MOST_FILES)
      this._index.filesChanged(uris.slice(at, at + MOST_FILES));
  }
}
