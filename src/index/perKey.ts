/** Runs work that belongs to one key in the order it came, and work of different keys side by side. */
export class PerKey {
  private readonly _last = new Map<string, Promise<unknown>>();

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this._last.get(key) ?? Promise.resolve();
    const running = before.then(work);
    const settled = running.catch(() => undefined);
    this._last.set(key, settled);
    try {
      return await running;
    } finally {
      if (this._last.get(key) === settled) this._last.delete(key);
    }
  }
}
