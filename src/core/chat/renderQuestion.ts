import { redactAll } from '../context/redaction/redactor.ts';
import { fenced } from '../inspect/markdown.ts';
import { type Attached, linesOf } from './attached.ts';
import type { Found, Question } from './conversation.ts';
import { readCommand } from './slashCommands.ts';
import { withoutWorkspaceMark } from './workspaceMark.ts';

/**
 * A question as the model reads it: what was looked up, what is attached, and then what is asked, so that the task is the last
 * that it reads. Always the same text for the same question: the model's cache holds it.
 */
export function renderQuestion({ text, attached, found }: Question): string {
  const { command, rest } = readCommand(text);
  const isFix = command?.name === 'fix';
  const asked = [command?.instruction ?? '', withoutWorkspaceMark(rest)].filter((part) => part !== '');
  return [
    ...found.map((each) => excerpt(each, 'From')),
    ...attached.map((each) => withProblems(each, isFix)),
    redactAll(asked.join('\n\n')).text,
  ].join('\n\n');
}

function withProblems(attached: Attached, areAsked: boolean): string {
  const code = attached.isWhole ? block(`File \`${attached.path}\`:`, attached) : excerpt(attached, 'In');
  if (!areAsked || attached.problems.length === 0) return code;
  return `${code}\n\nThe editor reports:\n${attached.problems.map((each) => `- ${each}`).join('\n')}`;
}

function excerpt(part: Found, how: string): string {
  const [first, last] = linesOf(part);
  const lines = first === last ? `line ${first}` : `lines ${first} to ${last}`;
  return block(`${how} \`${part.path}\`, ${lines}:`, part);
}

/** The fence is longer than any in the text, which therefore cannot end it. */
function block(head: string, { path, text }: Pick<Found, 'path' | 'text'>): string {
  return [head, ...fenced(text, endingOf(path))].join('\n');
}

function endingOf(path: string): string {
  return /\.([\w+]{1,20})$/.exec(path)?.[1] ?? '';
}
