import { cutAt } from './cutAt.ts';

/** Longest piece, in characters. A line that is longer is cut. */
const MAX_CHUNK_CHARS = 8000;

/** A text in pieces of so many lines. All pieces but the last stay the same as the text grows. */
export function lineChunks(text: string, lines: number): string[] {
  const chunks: string[] = [];
  let start = 0;
  while (start < text.length) {
    const end = endOfLines(text, start, lines);
    const at = end - start > MAX_CHUNK_CHARS ? start + cutAt(text.slice(start, end), MAX_CHUNK_CHARS) : end;
    chunks.push(text.slice(start, at));
    start = at;
  }
  return chunks;
}

/** Offset behind so many lines, or of the text's end. */
function endOfLines(text: string, start: number, lines: number): number {
  let end = start;
  for (let line = 0; line < lines; line++) {
    const at = text.indexOf('\n', end);
    if (at < 0 || at - start > MAX_CHUNK_CHARS) return at < 0 ? text.length : Math.max(at + 1, end);
    end = at + 1;
  }
  return end;
}
