import type { IndexPlace } from '../rpc/indexProtocol.ts';

/** How long a document rests before its text is sent: nobody looks for what is being typed this moment. */
const REST_MS = 500;

/** The index leaves out longer files, so their text is not worth the way to it. */
const LONGEST_CHARS = 1_000_000;

/**
 * Unsaved documents on their way to the index: of many changes only the last is sent, when the document has come to rest, and a
 * new process gets all there are. A text is read when it is sent: a key costs a few comparisons.
 */
export class UnsavedTexts {
  private readonly _readers = new Map</* uri */ string, () => string | undefined>();
  private readonly _waiting = new Set</* uri */ string>();
  private readonly _placeOf: (uri: string) => IndexPlace | undefined;
  private readonly _send: (place: IndexPlace, text: string | null) => void;
  private _timer: NodeJS.Timeout | undefined;

  constructor(
    placeOf: (uri: string) => IndexPlace | undefined,
    send: (place: IndexPlace, text: string | null) => void,
  ) {
    this._placeOf = placeOf;
    this._send = send;
  }

  /** @param read undefined: the document is saved or closed. */
  changed(uri: string, read: (() => string | undefined) | undefined): void {
    if (read === undefined) this._readers.delete(uri);
    else this._readers.set(uri, read);
    this._waiting.add(uri);
    clearTimeout(this._timer);
    this._timer = setTimeout(() => this.flush(), REST_MS);
  }

  /** For a process that knows none. */
  sendAll(): void {
    for (const uri of this._readers.keys()) this._waiting.add(uri);
    this.flush();
  }

  dispose(): void {
    clearTimeout(this._timer);
  }

  private flush(): void {
    clearTimeout(this._timer);
    for (const uri of this._waiting) {
      const place = this._placeOf(uri);
      const text = place && this._readers.get(uri)?.();
      if (place) this._send(place, text === undefined || text.length > LONGEST_CHARS ? null : text);
    }
    this._waiting.clear();
  }
}
