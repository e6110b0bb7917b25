import { append, type Blocks, close, EMPTY_BLOCKS } from '../markdown/blocks.ts';
import type { Attachment, ChatMessage, Completion, Conversation, Entry, Meter, ToPage } from '../messages.ts';

/** A message with its text split, so that each delta costs only itself. */
export interface ShownMessage {
  readonly message: ChatMessage;
  readonly blocks: Blocks;
}

export type ShownEntry = ShownMessage | Extract<Entry, { kind: 'notice' }>;

/** What the page shows: all of it comes from the host. */
export interface ChatState {
  /** Of the last message taken in. */
  readonly seq: number;
  readonly conversations: readonly Conversation[];
  readonly shown: string;
  readonly entries: readonly ShownEntry[];
  readonly attachments: readonly Attachment[];
  readonly meter: Meter;
  readonly completions: { readonly request: number; readonly items: readonly Completion[] };
}

export const EMPTY_STATE: ChatState = {
  seq: 0,
  conversations: [],
  shown: '',
  entries: [],
  attachments: [],
  meter: { usedTokens: 0, windowTokens: 0 },
  completions: { request: 0, items: [] },
};

/**
 * The state after a message of the host; `undefined` where the message does not fit, because one before it was lost: then
 * all has to be asked for again.
 */
export function next(state: ChatState, message: ToPage): ChatState | undefined {
  if (message.type === 'state') return replayed(message, state);
  if (message.seq !== state.seq + 1) return undefined;
  const { seq } = message;
  switch (message.type) {
    case 'delta':
      return grown(state, seq, message.message, message.text);
    case 'entry':
      return { ...state, seq, entries: withEntry(state.entries, message.entry) };
    case 'attachments':
      return { ...state, seq, attachments: message.attachments };
    case 'meter':
      return { ...state, seq, meter: message.meter };
    case 'completions':
      return { ...state, seq, completions: { request: message.request, items: message.items } };
    case 'compose':
      return { ...state, seq };
  }
}

export function isMessage(entry: ShownEntry): entry is ShownMessage {
  return 'message' in entry;
}

/** Whether an answer is being written. */
export function isStreaming(state: ChatState): boolean {
  return state.entries.some((entry) => isMessage(entry) && entry.message.status === 'streaming');
}

function replayed(message: Extract<ToPage, { type: 'state' }>, before: ChatState): ChatState {
  const { seq, conversations, shown, attachments, meter } = message;
  const entries = message.entries.map((entry) => shownEntry(entry, before.entries));
  return { seq, conversations, shown, entries, attachments, meter, completions: EMPTY_STATE.completions };
}

function grown(state: ChatState, seq: number, id: string, text: string): ChatState | undefined {
  const last = state.entries.at(-1);
  if (last === undefined || !isMessage(last) || last.message.id !== id) return undefined;
  if (last.message.status !== 'streaming') return undefined;
  const { message } = last;
  const longer = {
    message: { ...message, text: message.text + text },
    blocks: append(last.blocks, text),
  };
  return { ...state, seq, entries: [...state.entries.slice(0, -1), longer] };
}

function withEntry(entries: readonly ShownEntry[], entry: Entry): ShownEntry[] {
  const shown = shownEntry(entry, entries);
  const at = entries.findIndex((other) => idOf(other) === entry.id);
  return at < 0 ? [...entries, shown] : entries.map((other, index) => (index === at ? shown : other));
}

/** What is on the page already is kept: blocks with the same text are not drawn again. */
function shownEntry(entry: Entry, before: readonly ShownEntry[]): ShownEntry {
  if (entry.kind === 'notice') return entry;
  const known = before.find((other) => idOf(other) === entry.id);
  const streams = entry.status === 'streaming';
  const isPrefix = known !== undefined && isMessage(known) && entry.text.startsWith(known.message.text);
  // A message that had ended is split anew: its last block was closed, and more text may have belonged to it.
  const start = isPrefix && known.message.status === 'streaming' ? known : undefined;
  const rest = entry.text.slice(start?.message.text.length ?? 0);
  const blocks = append(start?.blocks ?? EMPTY_BLOCKS, rest);
  if (isPrefix && known.message.text === entry.text && known.message.status !== 'streaming' && !streams) {
    return { message: entry, blocks: known.blocks };
  }
  return { message: entry, blocks: streams ? blocks : close(blocks) };
}

function idOf(entry: ShownEntry): string {
  return isMessage(entry) ? entry.message.id : entry.id;
}
