import type { Prompt, PromptPiece, ReadyModel } from '../ports/model.ts';
import { renderFim } from './renderFim.ts';
import { unfinishedWord } from './unfinishedWord.ts';
import type { View } from './view.ts';

/** Tokens a completion may have at most: a long block, and a bound on what a model that never stops can cost. */
export const MAX_COMPLETION_TOKENS = 160;

/** Beside prompt and completion: BOS, markers, and the tokens of healing. */
const RESERVED_TOKENS = 48;

/** Low for code, so that few prompts turn out too long; those that do shrink by what the engine counted. */
const CHARS_PER_TOKEN = 2.6;

/**
 * In PSM order the suffix stands behind the cursor and is evaluated again at every key, so it is short: about 100
 * tokens. Cut at a line end where there is one, and the same for as long as the text after the cursor is.
 */
const SUFFIX_CHARS = 320;

/**
 * Half the budget is one step of the anchor, but no more than this: of a long file a view holds a window only, and a
 * step as long as the window would leave nothing of it.
 */
const LONGEST_STEP_CHARS = 12_000;

const SMALLEST_WINDOW_CHARS = 48_000;

/** How far from its place the anchor looks for a line end; a longer line is cut. */
const LONGEST_LINE_CHARS = 1_000;

/** Lines per segment. The engine keeps segments; only the lines since the last full one travel with each request. */
const SEGMENT_LINES = 32;

/**
 * Text before the cursor that a prompt of `contextTokens` can take, in characters, with room for the anchor to move in
 * large steps. Below {@link SMALLEST_WINDOW_CHARS} a shorter one would not be felt.
 */
export function prefixWindowChars(contextTokens: number): number {
  return Math.max(SMALLEST_WINDOW_CHARS, Math.ceil(contextTokens * CHARS_PER_TOKEN) + LONGEST_STEP_CHARS);
}

/**
 * The prompt for one view: the file before the cursor as segments and a tail, in the model's own format.
 *
 * @param scale shrinks the text budget, where texts had more tokens than guessed. From 0 to 1.
 */
export function buildPrompt(whole: View, model: ReadyModel, scale: number): Prompt {
  const { format } = model;
  // A format without a marker for the middle ends where the cursor stands, in the middle of a word perhaps.
  const heals = format === undefined || format.healsWords === true || format.layout.at(-1) === 'prefix';
  const heal = heals ? unfinishedWord(whole.prefix) : '';
  const view = heal === '' ? whole : withoutEnd(whole, heal.length);
  const tokens = Math.max(0, model.contextTokens - MAX_COMPLETION_TOKENS - RESERVED_TOKENS);
  const budget = Math.floor(tokens * CHARS_PER_TOKEN * scale);
  if (format === undefined) return { pieces: prefixPieces(view, budget, true), heal };
  const suffixBudget = Math.min(SUFFIX_CHARS, Math.floor(budget / 4));
  const suffix = nearSuffix(view.suffix, suffixBudget);
  // Not what this suffix leaves: the anchor would move whenever the text after the cursor changes its length.
  const prefixBudget = Math.max(0, budget - suffixBudget - view.path.length);
  const pieces = renderFim(format, { prefix: view.prefix, suffix, path: view.path }).flatMap(
    (part): PromptPiece[] => {
      if ('special' in part) return [part];
      if (part.role === 'prefix') return prefixPieces(view, prefixBudget, part.leadingSpace);
      if (part.text === '') return [];
      const { text, leadingSpace } = part;
      // Before the prefix it stays the same from key to key, behind it it is evaluated again anyway.
      return format.order === 'SPM' ? [{ segment: text, leadingSpace }] : [{ text, leadingSpace }];
    },
  );
  return { pieces, heal };
}

/** As if the last `length` characters before the cursor were not there. */
function withoutEnd(view: View, length: number): View {
  return { ...view, prefix: view.prefix.slice(0, -length), offset: view.offset - length };
}

/**
 * What every prompt at this view will begin with, for as long as the user only types: all that stands before the cursor
 * and, in SPM order, what the format puts in front of it.
 */
export function buildPromptStart(view: View, model: ReadyModel, scale: number): Prompt {
  const prompt = buildPrompt(view, model, scale);
  if (model.format?.order !== 'PSM') return prompt;
  const { pieces } = buildPrompt({ ...view, suffix: '' }, model, scale);
  const hole = pieces.findLastIndex((piece) => !('special' in piece));
  return { pieces: pieces.slice(0, hole + 1), heal: '' };
}

/** The prefix from its anchor to the cursor: full blocks of lines as segments, the rest as text. */
function prefixPieces(view: View, budget: number, leadingSpace: boolean): PromptPiece[] {
  const start = anchor(view, budget);
  const pieces: PromptPiece[] = [];
  let line = view.firstLine + countLines(view.prefix, 0, start);
  let from = start;
  for (let end = view.prefix.indexOf('\n', from); end >= 0; end = view.prefix.indexOf('\n', end + 1)) {
    line++;
    if (line % SEGMENT_LINES !== 0) continue;
    pieces.push({ segment: view.prefix.slice(from, end + 1), leadingSpace: leadingSpace && from === start });
    from = end + 1;
  }
  const text = view.prefix.slice(from);
  return text === '' ? pieces : [...pieces, { text, leadingSpace: leadingSpace && from === start }];
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
  return lineEnd < 0 || lineEnd >= at + Math.min(LONGEST_LINE_CHARS, step / 2) ? at : lineEnd + 1;
}

function nearSuffix(suffix: string, maxChars: number): string {
  if (suffix.length <= maxChars) return suffix;
  const cut = suffix.lastIndexOf('\n', maxChars - 1);
  return suffix.slice(0, cut > 0 ? cut + 1 : maxChars);
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
