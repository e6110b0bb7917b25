import * as v from 'valibot';
import { parseToPage, type ToHost, type ToPage } from './messages.ts';

/** What survives while the page is gone, besides what the host holds: what the user has not sent yet. */
const kept = v.object({
  draft: v.string(),
  /** A question that was opened for changes, and what it was changed to. */
  editing: v.optional(v.object({ message: v.string(), text: v.string() })),
});

export type Kept = v.InferOutput<typeof kept>;

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

  get kept(): Kept {
    const { success, output } = v.safeParse(kept, this._api.getState());
    return success ? output : { draft: '' };
  }

  keep(change: Partial<Kept>): void {
    this._api.setState({ ...this.kept, ...change });
  }
}
