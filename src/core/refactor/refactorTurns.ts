import { REDACTED_MARK } from '../context/redaction/placeholder.ts';
import type { ChatTurn } from '../ports/chatModel.ts';
import { isFence } from './codeOfAnswer.ts';
import type { Passage } from './passage.ts';

const REWRITE = [
  'You rewrite code in an editor. The user shows a part of a file and says what to do with it.',
  'Answer with the code that takes its place, whole, in one fenced code block, and with nothing else.',
  'Keep its indentation, and keep every line that the request does not ask you to change.',
  'Write nothing of what stands above or below it.',
].join('\n');

const SECRETS = `Words that begin with ${REDACTED_MARK} stand for values that you may not see: leave them where they are.`;

/** Asks for a passage to be rewritten. Around it, at most `aroundChars` are shown on each side. */
export function refactorTurns(passage: Passage, instruction: string, aroundChars: number): ChatTurn[] {
  const text = [
    `The file is ${passage.path}.`,
    ...section('Above the code stands', lastLines(passage.before, aroundChars), passage),
    ...section('The code', passage.lines, passage),
    ...section('Below the code stands', firstLines(passage.after, aroundChars), passage),
    `What to do with the code: ${instruction}`,
  ].join('\n\n');
  return [
    { role: 'system', text: text.includes(REDACTED_MARK) ? `${REWRITE}\n${SECRETS}` : REWRITE },
    { role: 'user', text },
  ];
}

/** Lines under a heading, in a fence that nothing in them can close; nothing where there are none. */
export function section(heading: string, lines: readonly string[], { languageId }: Passage): string[] {
  if (!lines.some((line) => line.trim() !== '')) return [];
  const fence = '`'.repeat(Math.max(3, ...lines.filter(isFence).map((line) => backticks(line) + 1)));
  return [`${heading}:\n${[fence + languageId, ...lines, fence].join('\n')}`];
}

/** Whole lines from the start, of so many characters. */
export function firstLines(lines: readonly string[], chars: number): readonly string[] {
  let left = chars;
  const end = lines.findIndex((line) => (left -= line.length + 1) < 0);
  return end < 0 ? lines : lines.slice(0, end);
}

/** Whole lines up to the end, of so many characters. */
export function lastLines(lines: readonly string[], chars: number): readonly string[] {
  let left = chars;
  const start = lines.findLastIndex((line) => (left -= line.length + 1) < 0);
  return lines.slice(start + 1);
}

function backticks(line: string): number {
  return /`*/.exec(line.trimStart())?.[0].length ?? 0;
}
