import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../base/disposable.ts';

type Run = (...args: unknown[]) => unknown;

/** A part of the extension that activation does not wait for: its code is loaded when it is used for the first time. */
export class LoadedLater<
  Name extends string,
  T extends Disposable & { commands: Readonly<Record<Name, Run>> },
> implements Disposable {
  private readonly _load: () => Promise<T>;
  private readonly _store = new DisposableStore();
  private _loaded: Promise<T> | undefined;

  constructor(load: () => Promise<T>) {
    this._load = load;
  }

  /** Undefined: not used so far. */
  get ifLoaded(): Promise<T> | undefined {
    return this._loaded;
  }

  loaded(): Promise<T> {
    this._loaded ??= this._load().then((part) => this._store.add(part));
    return this._loaded;
  }

  /** VS Code must know all commands when activation ends: one of them may be what activated the extension. */
  registerCommands(names: readonly Name[]): Disposable {
    const store = new DisposableStore();
    for (const name of names) {
      store.add(
        vscode.commands.registerCommand(name, async (...args: unknown[]) =>
          (await this.loaded()).commands[name](...args),
        ),
      );
    }
    return store;
  }

  dispose(): void {
    this._store.dispose();
  }
}
