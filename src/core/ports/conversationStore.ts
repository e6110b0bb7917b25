import type { Conversation } from '../chat/conversation.ts';

/** Where the conversations of a workspace outlive the window. */
export interface ConversationStore {
  /** Never rejects: what cannot be read is set aside, and said. */
  load(): Promise<LoadedConversations>;
  /** Keeps these in place of what was kept. Returns at once; `read` is called when it is time to write. */
  changed(read: () => readonly Conversation[]): void;
}

export interface LoadedConversations {
  /** The most recent first. */
  readonly conversations: readonly Conversation[];
  /** What happened to conversations that could not be read, as a sentence; '' where all is well. */
  readonly problem: string;
}

/** For a window without a place to keep them. */
export const NO_CONVERSATION_STORE: ConversationStore = {
  load: async () => ({ conversations: [], problem: '' }),
  changed: () => undefined,
};
