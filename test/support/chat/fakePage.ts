import assert from 'node:assert/strict';
import type { ChatController } from '../../../src/features/chat/chatController.ts';
import { parseToPage, type ToHost } from '../../../src/webview/messages.ts';
import { type ChatState, isMessage } from '../../../src/webview/state/chatState.ts';
import { Store } from '../../../src/webview/state/store.ts';

/** The page without its drawing: what comes is checked by the real schema and kept by the real store. */
export class FakePage {
  /** Texts for the input box, in order. */
  readonly composed: string[] = [];
  /** How often a message was missed. */
  lost = 0;
  messages = 0;
  private readonly _controller: ChatController;
  private readonly _store: Store;
  private _connection: { dispose(): void } | undefined;

  constructor(controller: ChatController) {
    this._controller = controller;
    this._store = new Store(() => {
      this.lost++;
      this.say({ type: 'ready' });
    });
    this._store.subscribe(
      () => undefined,
      (text) => this.composed.push(text),
    );
  }

  get state(): ChatState {
    return this._store.state;
  }

  /** As when the view is shown: the page loads, and says that it is there. */
  open(): void {
    this._connection = this._controller.connect((message) => {
      this.messages++;
      const parsed = parseToPage(structuredClone(message));
      assert.ok(parsed, `Not a message of the contract: ${JSON.stringify(message)}`);
      this._store.take(parsed);
    });
    this.say({ type: 'ready' });
  }

  /** As when the view is hidden. */
  close(): void {
    this._connection?.dispose();
  }

  say(message: ToHost): void {
    this._controller.receive(message);
  }

  /** `user: text`, `assistant (streaming): text`, `notice: text`, in order. */
  get rows(): string[] {
    return this.state.entries.map((entry) => {
      if (!isMessage(entry)) return `notice: ${entry.text}`;
      const { role, status, text } = entry.message;
      return status === 'complete' ? `${role}: ${text}` : `${role} (${status}): ${text}`;
    });
  }

  /** Id of the row, counted from the end where negative. */
  id(at: number): string {
    const entry = this.state.entries.at(at);
    assert.ok(entry, 'There is no such row.');
    return isMessage(entry) ? entry.message.id : entry.id;
  }

  get chips(): string[] {
    return this.state.attachments.map(({ label }) => label);
  }
}
