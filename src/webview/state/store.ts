import type { ToPage } from '../messages.ts';
import { type ChatState, EMPTY_STATE, next } from './chatState.ts';

/** Holds the state and tells the page of changes. */
export class Store {
  private _state = EMPTY_STATE;
  /** Between a lost message and the replay, what comes has nothing to build on. */
  private _waiting = true;
  private readonly _onLost: () => void;
  private _onState: (state: ChatState) => void = () => {};
  private _onCompose: (text: string) => void = () => {};

  /** @param onLost a message is missing: the host has to send its state again. */
  constructor(onLost: () => void) {
    this._onLost = onLost;
  }

  get state(): ChatState {
    return this._state;
  }

  take(message: ToPage): void {
    if (this._waiting && message.type !== 'state') return;
    const state = next(this._state, message);
    this._waiting = state === undefined;
    if (state === undefined) return this._onLost();
    this._state = state;
    this._onState(state);
    if (message.type === 'compose') this._onCompose(message.text);
  }

  subscribe(onState: (state: ChatState) => void, onCompose: (text: string) => void): () => void {
    this._onState = onState;
    this._onCompose = onCompose;
    return () => {
      this._onState = () => {};
      this._onCompose = () => {};
    };
  }
}
