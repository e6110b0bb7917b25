import { type Attached, attachLines } from '../../../src/core/chat/attached.ts';
import type { Answer, Conversation, Question, Turn } from '../../../src/core/chat/conversation.ts';
import { uriOf } from '../scriptedIndex.ts';

export function asked(id: string, text: string, rest: Partial<Question> = {}): Question {
  return { role: 'user', id, text, attached: [], found: [], seesFrom: '', notes: [], ...rest };
}

export function answered(id: string, text: string, rest: Partial<Answer> = {}): Answer {
  return { role: 'assistant', id, text, status: 'complete', reason: '', variant: 0, ...rest };
}

export function talk(...turns: readonly Turn[]): Conversation {
  return { id: 'talk', changedMs: 0, turns };
}

/** Lines of a file, counted from 0, behind the last one `endLine`. */
export function attachment(path: string, text: string, firstLine = 0, endLine?: number): Attached {
  return attachLines(`at-${path.replace(/\W/g, '-')}`, { uri: uriOf(path), path, text }, firstLine, endLine);
}
