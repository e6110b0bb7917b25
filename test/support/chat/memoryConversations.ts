import type { Conversation } from '../../../src/core/chat/conversation.ts';
import type { ConversationStore, LoadedConversations } from '../../../src/core/ports/conversationStore.ts';

/** Keeps conversations like a disk does. */
export class MemoryConversations implements ConversationStore {
  readonly kept = new Map<string, Conversation>();
  problem = '';

  async load(): Promise<LoadedConversations> {
    return { conversations: [...this.kept.values()], problem: this.problem };
  }

  changed(conversation: Conversation): void {
    this.kept.set(conversation.id, conversation);
  }

  deleted(id: string): void {
    this.kept.delete(id);
  }

  /** Of all turns of one. */
  texts(id: string): string[] {
    return this.kept.get(id)?.turns.map(({ text }) => text) ?? [];
  }
}
