import type { Conversation } from '../chat/conversation.ts';

/** Where the conversations of a workspace outlive the window. */
export interface ConversationStore {
  /** Never rejects: what cannot be read is set aside, and said. */
  load(): Promise<LoadedConversations>;
  /** Keeps it in place of what was kept under its id. Returns at once. */
  changed(conversation: Conversation): void;
  deleted(id: string): void;
}

export interface LoadedConversations {
  /** In any order. */
  readonly conversations: readonly Conversation[];
  /** What happened to those that could not be read, as a sentence; '' where all is well. */
  readonly problem: string;
}

/** For a window without a place to keep them. */
export const NO_CONVERSATION_STORE: ConversationStore = {
  load: async () => ({ conversations: [], problem: '' }),
  changed: () => undefined,
  deleted: () => undefined,
};
