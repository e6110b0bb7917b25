import type { Attached } from './attached.ts';

/** Immutable: what changes it makes another one. */
export interface Conversation {
  readonly id: string;
  /** When it was last written to, as `Date.now()` counts. */
  readonly changedMs: number;
  readonly turns: readonly Turn[];
}

export type Turn = Question | Answer;

export interface Question {
  readonly role: 'user';
  readonly id: string;
  /** As it was written, with its command. */
  readonly text: string;
  readonly attached: readonly Attached[];
  /** Places of the workspace that were looked up for it. */
  readonly found: readonly Found[];
  /** Id of the first question that the model was shown with this one; '' where that is as it was before. */
  readonly seesFrom: string;
  /** What had to be left out to make room, as sentences. */
  readonly notes: readonly string[];
}

export interface Answer {
  readonly role: 'assistant';
  readonly id: string;
  readonly text: string;
  readonly status: 'complete' | 'streaming' | 'stopped' | 'partial';
  /** Why it is partial, as a sentence; '' otherwise. */
  readonly reason: string;
  /** Which of the model's answers, see {@link variantAfter}. */
  readonly variant: number;
}

/** Whole lines of a file, secrets replaced. */
export interface Found {
  readonly path: string;
  /** Counted from 0. */
  readonly firstLine: number;
  readonly text: string;
}

export function newQuestion(id: string, text: string, attached: readonly Attached[]): Question {
  return { role: 'user', id, text, attached, found: [], seesFrom: '', notes: [] };
}

export function newAnswer(id: string, variant = 0): Answer {
  return { role: 'assistant', id, text: '', status: 'streaming', reason: '', variant };
}

/** With a note, once. */
export function withNote(question: Question, note: string): Question {
  const { notes } = question;
  return notes.includes(note) ? question : { ...question, notes: [...notes, note] };
}

export function turnOf({ turns }: Conversation, id: string): Turn | undefined {
  return turns.find((turn) => turn.id === id);
}

/** The question that an answer answers; undefined where it was deleted. */
export function questionOf({ turns }: Conversation, answer: string): Question | undefined {
  const at = turns.findIndex(({ id }) => id === answer);
  const before = at > 0 ? turns[at - 1] : undefined;
  return before?.role === 'user' ? before : undefined;
}

/** With turns at the end, or in the place of those that have their ids. */
export function withTurns(conversation: Conversation, ...turns: readonly Turn[]): Conversation {
  const known = conversation.turns.map((old) => turns.find(({ id }) => id === old.id) ?? old);
  const added = turns.filter(({ id }) => turnOf(conversation, id) === undefined);
  return { ...conversation, turns: [...known, ...added] };
}

/** Without a turn and all that follow it. */
export function cutBefore(conversation: Conversation, id: string): Conversation {
  const at = conversation.turns.findIndex((turn) => turn.id === id);
  return at < 0 ? conversation : { ...conversation, turns: conversation.turns.slice(0, at) };
}

/** Without an answer, or without a question and its answer. */
export function withoutTurn(conversation: Conversation, id: string): Conversation {
  const { turns } = conversation;
  const at = turns.findIndex((turn) => turn.id === id);
  if (at < 0) return conversation;
  const goesToo = turns[at]?.role === 'user' && turns[at + 1]?.role === 'assistant';
  return { ...conversation, turns: [...turns.slice(0, at), ...turns.slice(at + (goesToo ? 2 : 1))] };
}

/** An answer that nobody writes any more, because the window was closed meanwhile. */
export function asLeft(conversation: Conversation): Conversation {
  const turns = conversation.turns.map((turn): Turn => {
    if (turn.role === 'user' || turn.status !== 'streaming') return turn;
    return { ...turn, status: 'partial', reason: 'The window was closed before this answer was complete.' };
  });
  return { ...conversation, turns };
}
