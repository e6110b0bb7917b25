/** A signal that aborts when its owner stops calling `touch`, or with the caller's own signal. */
export interface StallWatch extends Disposable {
  readonly signal: AbortSignal;
  touch(): void;
}

/** Aborts `timeoutMs` after the last `touch` (or the start) with an error saying so. Dispose of it when done. */
export function watchStall(timeoutMs: number, parent?: AbortSignal): StallWatch {
  const controller = new AbortController();
  const stalled = () =>
    controller.abort(new Error(`no data for ${Math.max(1, Math.round(timeoutMs / 1000))} s`));
  let timer = setTimeout(stalled, timeoutMs);
  return {
    signal: parent === undefined ? controller.signal : AbortSignal.any([parent, controller.signal]),
    touch() {
      clearTimeout(timer);
      timer = setTimeout(stalled, timeoutMs);
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
    },
  };
}
