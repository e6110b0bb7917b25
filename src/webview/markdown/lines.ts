/** An open fenced code block. */
export interface Fence {
  /** The opening marks: three or more of one kind. */
  readonly mark: string;
  /** Spaces in front of them, which every line of the code loses as well. */
  readonly indent: number;
  readonly language: string;
}

/** A longer line opens no fence: nobody writes one, and what a line is has to be known before it fills the memory. */
export const MAX_FENCE_LINE_CHARS = 300;

const OPENING = /^( {0,3})(`{3,}|~{3,})[ \t]*(\S*)/;
const LIST_ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])([ \t]+|$)/;

/**
 * The fence that a line opens at the top level; `undefined` for any other line, and for a fence that belongs to the
 * list that is open.
 *
 * @param lines the open block, '' where there is none.
 */
export function openedBy(line: string, lines: string): Fence | undefined {
  if (line.length > MAX_FENCE_LINE_CHARS) return undefined;
  const [, spaces = '', mark = '', language = ''] = OPENING.exec(line) ?? [];
  if (mark === '' || (mark.startsWith('`') && line.trim().slice(mark.length).includes('`'))) return undefined;
  if (spaces.length >= contentIndent(lines)) return undefined;
  return { mark, indent: spaces.length, language };
}

export function closes(fence: Fence, line: string): boolean {
  return mayClose(fence, line) && line.trim().length >= fence.mark.length;
}

/** Of a line that has not ended: whether it is nothing yet but the beginning of a closing fence. */
export function mayClose(fence: Fence, line: string): boolean {
  const marks = /^ {0,3}(`+|~+)[ \t\n]*$/.exec(line)?.[1];
  return marks !== undefined && marks[0] === fence.mark[0];
}

/** The line without up to so many spaces in front. */
export function unindented(line: string, indent: number): string {
  let at = 0;
  while (at < indent && line[at] === ' ') at++;
  return line.slice(at);
}

/** Whether a line goes on with a block that ended with blank lines. */
export function continues(lines: string, line: string, listChars: number): boolean {
  const inList = LIST_ITEM.test(lines);
  if (inList && /^(?: {2}|\t)/.test(line)) return true;
  if (inList && LIST_ITEM.test(line)) return lines.length < listChars;
  return /^(?: {4}|\t)/.test(lines) && /^(?: {4}|\t)/.test(line);
}

/** Whether {@link continues} would say the same of the line, whatever it goes on with. */
export function isTelling(line: string): boolean {
  return /^[^\s\-*+\d]/.test(line) || (line.length > LONGEST_BEGINNING_CHARS && line.trim() !== '');
}

/** Spaces, nine digits, a dot and a space. */
const LONGEST_BEGINNING_CHARS = 16;

/** Where the text of a list's item begins; what is indented less than that does not belong to the list. */
function contentIndent(lines: string): number {
  const [, spaces = '', marker = '', gap = ''] = LIST_ITEM.exec(lines) ?? [];
  if (marker === '') return Infinity;
  return spaces.length + marker.length + (gap.length >= 1 && gap.length <= 4 ? gap.length : 1);
}
