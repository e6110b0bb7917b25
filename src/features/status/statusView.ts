import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Completer } from '../../core/completion/completer.ts';
import type { CodeIndex } from '../../core/ports/codeIndex.ts';
import type { Model } from '../../core/ports/model.ts';
import type { Settings } from '../../workspace/settings.ts';
import type { Snooze } from '../../core/completion/snooze.ts';
import { StatusItem } from './statusItem.ts';
import { showStatusMenu } from './statusMenu.ts';

/** Keeps the status bar item true, and opens its menu. */
export class StatusView implements Disposable {
  private readonly _store = new DisposableStore();
  private readonly _item = this._store.add(new StatusItem());
  private readonly _model: Model;
  private readonly _index: CodeIndex;
  private readonly _settings: Settings;
  private readonly _snooze: Snooze;
  private _thinking = false;

  constructor(model: Model, index: CodeIndex, completer: Completer, settings: Settings, snooze: Snooze) {
    this._model = model;
    this._index = index;
    this._settings = settings;
    this._snooze = snooze;
    const update = (): void => this.update();
    this._store.add(model.onDidChangeState(update));
    this._store.add(index.onDidChangeState(update));
    this._store.add(settings.onDidChange(update));
    this._store.add(snooze.onDidChange(update));
    this._store.add(vscode.window.onDidChangeActiveTextEditor(update));
    this._store.add(
      completer.onDidChangeActivity((thinking) => {
        this._thinking = thinking;
        this.update();
      }),
    );
    this.update();
  }

  async showMenu(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    await showStatusMenu({
      model: this._model.state,
      index: { state: this._index.state, enabled: this._settings.index },
      enabled: this._settings.enabled,
      snoozed: this._snooze.active,
      remoteName: vscode.env.remoteName,
      ...(document && {
        language: { id: document.languageId, enabled: this._settings.enabledFor(document) },
      }),
    });
  }

  dispose(): void {
    this._store.dispose();
  }

  private update(): void {
    const document = vscode.window.activeTextEditor?.document;
    this._item.show({
      model: this._model.state,
      index: this._index.state,
      enabled: this._settings.enabled,
      languageEnabled: document === undefined || this._settings.enabledFor(document),
      snoozed: this._snooze.active,
      thinking: this._thinking,
    });
  }
}
