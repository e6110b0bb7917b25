import type { LineEdit } from './lineEdits.ts';

/** Lines and characters from 0, the end exclusive; of a document as it was before any edit of the same list. */
export interface TextEdit {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
  readonly text: string;
}

export interface DocumentLines {
  readonly eol: '\n' | '\r\n';
  /** At least 1: behind the last line end begins a line, be it empty. */
  readonly lineCount: number;
  /** Lines `start` to before `end`, without line ends. */
  lines(start: number, end: number): readonly string[];
}

/** The last line of a document has no line end of its own: there the one before it comes or goes. */
export function textEdits(edits: readonly LineEdit[], document: DocumentLines): TextEdit[] {
  const { eol, lineCount } = document;
  const lengthOf = (line: number): number => document.lines(line, line + 1)[0]?.length ?? 0;
  return edits.map(({ start, end, lines }) => {
    if (end < lineCount) {
      const text = lines.map((line) => line + eol).join('');
      return { startLine: start, startCharacter: 0, endLine: end, endCharacter: 0, text };
    }
    const [endLine, endCharacter] = [lineCount - 1, lengthOf(lineCount - 1)];
    if (start === 0) return { startLine: 0, startCharacter: 0, endLine, endCharacter, text: lines.join(eol) };
    const text = lines.map((line) => eol + line).join('');
    return { startLine: start - 1, startCharacter: lengthOf(start - 1), endLine, endCharacter, text };
  });
}
