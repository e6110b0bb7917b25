import { redactAll } from '../context/redaction/redactor.ts';
import type { ChatTurn } from '../ports/chatModel.ts';
import type { Turn } from './conversation.ts';
import { renderQuestion } from './renderQuestion.ts';

/**
 * What the model is given: the system's turn, then user and assistant in turn. Answers without a word are left out, and
 * what then stands side by side becomes one, because models know no other order.
 */
export function promptTurns(system: ChatTurn, turns: readonly Turn[]): ChatTurn[] {
  const prompt: ChatTurn[] = [system];
  for (const turn of turns) {
    const text = turn.role === 'user' ? renderQuestion(turn) : redactAll(turn.text).text;
    const last = prompt.at(-1);
    const isOrphan = turn.role === 'assistant' && last?.role === 'system';
    if (text.trim() === '' || isOrphan) continue;
    if (last?.role === turn.role) {
      prompt[prompt.length - 1] = { role: turn.role, text: `${last.text}\n\n${text}` };
    } else {
      prompt.push({ role: turn.role, text });
    }
  }
  return prompt;
}
