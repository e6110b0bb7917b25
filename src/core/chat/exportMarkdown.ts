import { fenced } from '../inspect/markdown.ts';
import { detailOf } from './attached.ts';
import type { Answer, Conversation, Question } from './conversation.ts';
import { titleOf } from './titleOf.ts';

/** A conversation as a document of its own, with all that was attached. */
export function exportMarkdown(conversation: Conversation): string {
  const parts = conversation.turns.map((turn) => (turn.role === 'user' ? asked(turn) : answered(turn)));
  return `${[`# ${titleOf(conversation)}`, ...parts].join('\n\n')}\n`;
}

function asked({ text, attached, notes }: Question): string {
  const files = attached.map((each) =>
    [`${detailOf(each)}:`, '', ...fenced(each.text, /\.(\w+)$/.exec(each.path)?.[1] ?? '')].join('\n'),
  );
  return ['## Question', text, ...files, ...notes.map((note) => `_${note}_`)].join('\n\n');
}

function answered({ text, status, reason }: Answer): string {
  const ending = status === 'stopped' ? 'Stopped.' : reason;
  return ['## Answer', text.trim(), ...(ending === '' ? [] : [`_${ending}_`])].join('\n\n');
}
