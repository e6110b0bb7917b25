import { type Attached, detailOf, labelOf } from '../../core/chat/attached.ts';
import type { Answer, Conversation, Found, Question } from '../../core/chat/conversation.ts';
import { titleOf } from '../../core/chat/titleOf.ts';
import { whenInWords } from '../../core/chat/whenInWords.ts';
import type { Attachment, Conversation as Listed, Entry, Source } from '../../webview/messages.ts';

/** The contract's bound on labels; a page refuses a message with a longer one. */
const LONGEST_LABEL_CHARS = 1_000;

/** A conversation as rows of the page. What had to be left out for a question stands below it. */
export function entriesOf({ turns }: Conversation): Entry[] {
  return turns.flatMap((turn, at): Entry[] => {
    if (turn.role === 'user') return [asked(turn), ...notices(turn)];
    const before = turns[at - 1];
    return [answerEntry(turn, before?.role === 'user' ? before.found : [])];
  });
}

/** @param found what the answer was given from. */
export function answerEntry({ id, text, status, reason }: Answer, found: readonly Found[]): Entry {
  const sources = found.flatMap(sourceOf);
  return {
    ...{ kind: 'message', role: 'assistant', id, text, status, sources },
    ...{ attachments: [], reason: clipped(reason) },
  };
}

export function attachmentOf(attached: Attached): Attachment {
  return { id: attached.id, label: clipped(labelOf(attached)), detail: clipped(detailOf(attached)) };
}

export function listed(conversation: Conversation, nowMs: number): Listed {
  const { id, changedMs } = conversation;
  return { id, title: clipped(titleOf(conversation)), when: whenInWords(changedMs, nowMs) };
}

function asked({ id, text, attached }: Question): Entry {
  return {
    ...{ kind: 'message', role: 'user', id, text, status: 'complete' },
    ...{ attachments: attached.map(attachmentOf), sources: [], reason: '' },
  };
}

function notices({ id, notes }: Question): Entry[] {
  return notes.map((note, at) => ({ kind: 'notice', id: `${id}-note-${at}`, text: clipped(note) }));
}

function sourceOf({ path, firstLine }: Found): Source[] {
  const label = `${path}:${firstLine + 1}`;
  return label.length > LONGEST_LABEL_CHARS ? [] : [{ label, path, line: firstLine + 1 }];
}

function clipped(text: string): string {
  return text.length <= LONGEST_LABEL_CHARS ? text : `${text.slice(0, LONGEST_LABEL_CHARS - 1)}…`;
}
