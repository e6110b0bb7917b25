import type { View } from './view.ts';

/**
 * Half the budget is one step of the anchor, but no more than this: of a long file a view holds a window only, and a
 * step as long as the window would leave nothing of it.
 */
export const LONGEST_STEP_CHARS = 12_000;

/** How far from its place the anchor looks for a line end; a longer line is cut. */
const LONGEST_LINE_CHARS = 1_000;

/** How far for the end of a word: half a key would not be known for one. */
const LONGEST_WORD_CHARS = 500;

/** Lines per segment. The engine keeps segments; only the lines since the last full one travel with each request. */
const SEGMENT_LINES = 32;

export interface CutPrefix {
  /** Where it begins in the view's prefix. */
  readonly start: number;
  /** Full blocks of lines, which stay the same from key to key. */
  readonly blocks: readonly string[];
  /** From the last block to the cursor. */
  readonly tail: string;
}

/** The prefix from its anchor to the cursor, in blocks that end at line numbers that are multiples of 32. */
export function cutPrefix(view: View, budgetChars: number): CutPrefix {
  const start = anchor(view, budgetChars);
  const blocks: string[] = [];
  let line = view.firstLine + countLines(view.prefix, 0, start);
  let from = start;
  for (let end = view.prefix.indexOf('\n', from); end >= 0; end = view.prefix.indexOf('\n', end + 1)) {
    line++;
    if (line % SEGMENT_LINES !== 0) continue;
    blocks.push(view.prefix.slice(from, end + 1));
    from = end + 1;
  }
  return { start, blocks, tail: view.prefix.slice(from) };
}

/**
 * Where the prefix begins: at the file's start while that fits, else at a place that moves in large steps, so that the
 * tokens before the cursor stay where they are in the KV cache for thousands of keys.
 */
function anchor({ prefix, offset }: View, budget: number): number {
  const windowStart = offset - prefix.length;
  const lowest = Math.max(windowStart, offset - budget);
  if (lowest <= 0) return 0;
  const step = Math.max(1, Math.min(Math.floor(budget / 2), LONGEST_STEP_CHARS));
  const at = Math.ceil(lowest / step) * step - windowStart;
  if (at === 0) return 0;
  const lineEnd = prefix.indexOf('\n', at - 1);
  if (lineEnd >= 0 && lineEnd < at + Math.min(LONGEST_LINE_CHARS, step / 2)) return lineEnd + 1;
  const wordEnd = prefix.slice(at, at + Math.min(LONGEST_WORD_CHARS, step / 2)).search(/[^\w+/=.-]/);
  return wordEnd < 0 ? at : at + wordEnd;
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
