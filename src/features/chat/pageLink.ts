import { type Disposable, toDisposable } from '../../base/disposable.ts';
import type { ToPage } from '../../webview/messages.ts';

type Unnumbered<T> = T extends { readonly seq: number } ? Omit<T, 'seq'> : never;
type Message = Unnumbered<ToPage>;

/** The page, which comes and goes. Messages are numbered for it, and those that nobody would hear are not sent. */
export class PageLink {
  private _post: ((message: ToPage) => void) | undefined;
  /** It has said that it is there. */
  private _listening = false;
  private _seq = 0;

  get isListening(): boolean {
    return this._listening;
  }

  /** Until the page is gone, which what this returns tells. */
  connect(post: (message: ToPage) => void): Disposable {
    this._post = post;
    this._listening = false;
    return toDisposable(() => {
      if (this._post !== post) return;
      this._post = undefined;
      this._listening = false;
    });
  }

  /** The page is there, and waits for the state. */
  ready(): void {
    this._listening = this._post !== undefined;
  }

  /** A `state` replaces all that the page shows, anything else builds on it. */
  send(message: Message): void {
    if (this._post && this._listening) this._post({ ...message, seq: ++this._seq });
  }
}
