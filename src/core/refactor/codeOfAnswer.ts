import { withoutTalk } from './talk.ts';

/** What an answer has of code so far. */
export interface AnswerCode {
  /** Whole lines, without their line ends. */
  readonly lines: readonly string[];
  /** Its fence is closed: nothing that comes belongs to it. */
  readonly isClosed: boolean;
}

export interface AnswerForm {
  /** The code is text for people, in which fences may stand. */
  readonly isProse: boolean;
  /** The code that was asked about holds fences itself. */
  readonly hasFences: boolean;
}

const FENCE = /^[ \t]*(`{3,}|~{3,})[ \t]*([^`]*)$/;

/** Whether a line begins or ends a fenced block. */
export function isFence(line: string): boolean {
  return FENCE.test(line);
}

/**
 * Takes the code out of an answer: out of its first fence, or without one out of what is said before and after it.
 * While the answer is being written its last line does not count.
 */
export function codeOfAnswer(answer: string, isComplete: boolean, form: AnswerForm): AnswerCode {
  const all = answer.replaceAll('\r\n', '\n').split('\n');
  const lines = isComplete ? all : all.slice(0, -1);
  const open = openingFence(lines, isComplete, form);
  if (open < 0) return { lines: withoutTalk(withoutStrayFence(lines, form), form.isProse), isClosed: false };
  const close = closingFence(lines, open);
  return { lines: lines.slice(open + 1, close < 0 ? undefined : close), isClosed: close >= 0 };
}

function openingFence(lines: readonly string[], isComplete: boolean, form: AnswerForm): number {
  const first = lines.findIndex((line) => line.trim() !== '');
  // Where fences may be part of the code, only the one that all begins with is not.
  if (form.isProse || form.hasFences) return first >= 0 && isFence(lines[first] ?? '') ? first : -1;
  const open = lines.findIndex(isFence);
  const isLast = open === lines.findLastIndex((line) => line.trim() !== '');
  // A model that forgot to open a fence may close it all the same.
  return isComplete && isLast && open > first ? -1 : open;
}

/** Fences with a language open another block inside of this one. */
function closingFence(lines: readonly string[], open: number): number {
  const [, mark = ''] = FENCE.exec(lines[open] ?? '') ?? [];
  let depth = 1;
  for (let at = open + 1; at < lines.length; at++) {
    const [, other = '', language = ''] = FENCE.exec(lines[at] ?? '') ?? [];
    if (other.length < mark.length || other[0] !== mark[0]) continue;
    depth += language.trim() === '' ? -1 : 1;
    if (depth === 0) return at;
  }
  return -1;
}

function withoutStrayFence(lines: readonly string[], { isProse, hasFences }: AnswerForm): readonly string[] {
  return isProse || hasFences ? lines : lines.filter((line) => !isFence(line));
}
