/** Something that holds a resource until told to let go. The same shape as VS Code's own `Disposable`. */
export interface Disposable {
  dispose(): void;
}

export function toDisposable(release: () => void): Disposable {
  let released = false;
  return {
    dispose() {
      if (released) return;
      released = true;
      release();
    },
  };
}

/** Owns disposables and releases them in reverse order. What is added after `dispose` is released at once. */
export class DisposableStore implements Disposable {
  private readonly _items = new Set<Disposable>();
  private _disposed = false;

  /** Returns its argument, so that building and owning fit on one line. */
  add<T extends Disposable>(item: T): T {
    if (this._disposed) item.dispose();
    else this._items.add(item);
    return item;
  }

  delete(item: Disposable): void {
    if (this._items.delete(item)) item.dispose();
  }

  dispose(): void {
    if (this._disposed) return;
    this._disposed = true;
    for (const item of [...this._items].reverse()) item.dispose();
    this._items.clear();
  }
}
