import { labelOf } from './attached.ts';
import type { Conversation } from './conversation.ts';
import { readCommand } from './slashCommands.ts';

const LONGEST_CHARS = 60;

/** By its first question: what was asked, or of a bare command what it was about. */
export function titleOf({ turns }: Conversation): string {
  const question = turns.find(({ role }) => role === 'user');
  if (question?.role !== 'user') return 'New conversation';
  const { command, rest } = readCommand(question.text);
  const subject = question.attached[0];
  const words = rest.replace(/[`*_#>\s]+/g, ' ').trim() || (subject ? labelOf(subject) : '');
  const verb = command ? `${capital(command.name)}${words === '' ? '' : ': '}` : '';
  return shortened(verb + words) || 'New conversation';
}

function capital(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** Cut between words where there is a space late enough. */
function shortened(title: string): string {
  if (title.length <= LONGEST_CHARS) return title;
  const cut = title.slice(0, LONGEST_CHARS);
  const space = cut.lastIndexOf(' ');
  return `${space > LONGEST_CHARS / 2 ? cut.slice(0, space) : cut}…`;
}
