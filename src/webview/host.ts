import { parseToPage, type ToHost, type ToPage } from './messages.ts';

/** What survives while the page is gone, besides what the host holds. */
export interface Kept {
  readonly draft: string;
}

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

/** The extension host, as the page sees it. */
export class Host {
  private readonly _api = acquireVsCodeApi();

  post(message: ToHost): void {
    this._api.postMessage(message);
  }

  /** Messages of any other shape are dropped. */
  listen(onMessage: (message: ToPage) => void): void {
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      const message = parseToPage(event.data);
      if (message === undefined) console.warn('Deepwell: a message of an unknown shape was dropped.');
      else onMessage(message);
    });
  }

  get draft(): string {
    const kept = this._api.getState();
    const isKept = typeof kept === 'object' && kept !== null && 'draft' in kept;
    return isKept && typeof kept.draft === 'string' ? kept.draft : '';
  }

  keep(state: Kept): void {
    this._api.setState(state);
  }
}
