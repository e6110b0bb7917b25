import type { ConversationStore } from '../ports/conversationStore.ts';
import type { Conversation } from './conversation.ts';

/** Of a workspace; when there are more, the ones that were not touched for longest go. */
const MOST_CONVERSATIONS = 200;

/** The conversations of a workspace, the most recent first, and the one that is shown. */
export class ChatHistory {
  private readonly _store: ConversationStore;
  private readonly _nowMs: () => number;
  private readonly _resumes: boolean;
  private _all: readonly Conversation[] = [];
  private _shown = '';
  private _loading: Promise<string> | undefined;

  /**
   * @param nowMs as `Date.now` counts.
   * @param resumes whether the most recent conversation is shown once they are loaded.
   */
  constructor(store: ConversationStore, nowMs: () => number, resumes: boolean) {
    this._resumes = resumes;
    this._store = store;
    this._nowMs = nowMs;
  }

  get all(): readonly Conversation[] {
    return this._all;
  }

  /** Undefined: a new one that was not written to yet. */
  get shown(): Conversation | undefined {
    return this.find(this._shown);
  }

  find(id: string): Conversation | undefined {
    return this._all.find((each) => each.id === id);
  }

  /** Reads what is kept, once. Resolves with what went wrong, as a sentence; '' the second time. */
  async load(): Promise<string> {
    if (this._loading) return this._loading.then(() => '');
    this._loading = this._store.load().then(({ conversations, problem }) => {
      // What was begun meanwhile stays in front.
      this._all = [...this._all, ...[...conversations].sort((a, b) => b.changedMs - a.changedMs)];
      if (this._resumes) this._shown ||= this._all[0]?.id ?? '';
      return problem;
    });
    return this._loading;
  }

  /** @param id '' for a new one. */
  show(id: string): void {
    this._shown = id === '' || this.find(id) ? id : this._shown;
  }

  /** Begins one, shown and in front of all others. */
  begin(id: string): Conversation {
    const conversation: Conversation = { id, changedMs: this._nowMs(), turns: [] };
    this._all = [conversation, ...this._all];
    this._shown = id;
    for (const { id: old } of this._all.slice(MOST_CONVERSATIONS)) this.delete(old);
    return conversation;
  }

  /** Changes one, if it is still there, and moves it to the front. */
  update(id: string, change: (conversation: Conversation) => Conversation): void {
    const old = this.find(id);
    if (!old) return;
    const changed = { ...change(old), changedMs: this._nowMs() };
    this._all = [changed, ...this._all.filter((each) => each !== old)];
    this._store.changed(changed);
  }

  /** All of them, and loads none again. What the store has is left to whoever asks for this. */
  forget(): void {
    this._all = [];
    this._shown = '';
    this._loading = Promise.resolve('');
  }

  delete(id: string): void {
    this._all = this._all.filter((each) => each.id !== id);
    this._store.deleted(id);
    if (this._shown === id) this._shown = '';
  }
}
