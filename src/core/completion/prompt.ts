import { isInsideKey, type Redactor } from '../context/redaction/redactor.ts';
import type { RelatedRoom } from '../context/relatedFiles.ts';
import type { RelatedPart } from '../context/relatedPart.ts';
import { DEFAULT_SUFFIX_CHARS } from '../models/tuning.ts';
import type { Prompt, PromptPiece, ReadyModel } from '../ports/model.ts';
import { commentLine } from './commentLine.ts';
import { cutPrefix, LONGEST_STEP_CHARS } from './cutPrefix.ts';
import type { FimFormat } from './fimFormats.ts';
import { LONGEST_BEGUN_CHARS, type MiddleStart } from './middleStart.ts';
import { segment, segmentChars } from './promptPieces.ts';
import { renderFim } from './renderFim.ts';
import { renderRelated } from './renderRelated.ts';
import { unfinishedWord } from './unfinishedWord.ts';
import type { View } from './view.ts';

/** Tokens a completion may have at most: a long block, and a bound on what a model that never stops can cost. */
export const MAX_COMPLETION_TOKENS = 160;

/** Beside prompt and completion: BOS, markers, and the tokens of healing. */
const RESERVED_TOKENS = 48;

/** Low for code, so that few prompts turn out too long; those that do shrink by what the engine counted. */
const CHARS_PER_TOKEN = 2.6;

/** Of what stands after the cursor, so much is searched for secrets: one may begin in the suffix and end behind it. */
const SEARCHED_SUFFIX_CHARS = 4_000;

const SMALLEST_WINDOW_CHARS = 48_000;

/** Of all text, what stands after the cursor may take at most. */
const SUFFIX_SHARE = 0.5;

/** Of all text, what is typed of the middle may take at most. */
const BEGUN_SHARE = 1 / 8;

/** Of the text beside the suffix, what other files may take. The file itself has what they leave. */
const RELATED_SHARE = 0.5;

/** What goes into a prompt beside the view. */
export interface PromptContext {
  readonly related: RelatedPart;
  readonly redactor: Redactor;
  readonly middleStart: MiddleStart;
}

/**
 * Text before the cursor that a prompt of `contextTokens` can take, in characters, with room for the anchor to move in
 * large steps. Below {@link SMALLEST_WINDOW_CHARS} a shorter one would not be felt.
 */
export function prefixWindowChars(contextTokens: number): number {
  return Math.max(SMALLEST_WINDOW_CHARS, Math.ceil(contextTokens * CHARS_PER_TOKEN) + LONGEST_STEP_CHARS);
}

/** Without warming up, what is new is evaluated while the user waits: not longer than one notices. */
const UNNOTICED_MS = 300;

/** With no bound on the work between keys, still no excerpt is worth more than this. */
const LONGEST_WARM_UP_MS = 60_000;

/**
 * What excerpts of other files may take in a prompt of `model`; nothing where there is none yet.
 *
 * @param measured tokens a second at which it has read prompts so far; undefined: none yet. Then what it was once timed at counts, and
 * where it never was, nothing new comes in.
 * @param warmUpMs of evaluating ahead of time; undefined for no bound.
 */
export function relatedRoom(
  view: View,
  model: ReadyModel | undefined,
  measured: number | undefined,
  warmUpMs: number | undefined,
): RelatedRoom {
  const suffixChars = model?.tuning?.suffixChars.value ?? DEFAULT_SUFFIX_CHARS;
  const chars = Math.max(0, textChars(model?.contextTokens ?? 0, 1) - suffixChars);
  const tokensPerSecond = measured ?? model?.tuning?.speeds?.prefill ?? 0;
  const seconds = (Math.min(warmUpMs ?? Infinity, LONGEST_WARM_UP_MS) || UNNOTICED_MS) / 1000;
  return {
    maxChars: Math.floor(RELATED_SHARE * chars),
    evaluableChars: Math.floor(tokensPerSecond * seconds * CHARS_PER_TOKEN),
    fileChars: Math.min(view.prefix.length, chars),
  };
}

/**
 * The prompt for one view: other files, then this one before the cursor, as segments and a tail in the model's own format. As
 * long as the user only types, every prompt begins with the segments of the one before.
 *
 * @param scale shrinks the text budget, where texts had more tokens than guessed. From 0 to 1.
 */
export function buildPrompt(
  view: View,
  { contextTokens, format, tuning }: ReadyModel,
  scale: number,
  context: PromptContext,
): Prompt {
  const budget = textChars(contextTokens, scale);
  const suffixChars = tuning?.suffixChars.value ?? DEFAULT_SUFFIX_CHARS;
  const suffixBudget = format ? Math.min(suffixChars, Math.floor(SUFFIX_SHARE * budget)) : 0;
  // Where no marker stands behind the prefix, the middle goes on where the cursor is.
  const hasMiddle = format !== undefined && format.layout.at(-1) !== 'prefix';
  const begunBudget = hasMiddle ? Math.min(LONGEST_BEGUN_CHARS, Math.floor(BEGUN_SHARE * budget)) : 0;
  // Not what this suffix leaves: the anchor would move whenever the text after the cursor changes its length.
  const beside = Math.max(0, budget - suffixBudget - begunBudget - view.path.length);
  const related = renderRelated(
    format,
    ofOtherFiles(context.related, view),
    Math.floor(RELATED_SHARE * beside),
  );
  // What other files really take is the same from key to key, so the anchor does not move with it.
  const begunChars = hasMiddle ? context.middleStart.begunChars(view, begunBudget) : 0;
  const beforeChars = beside - segmentChars(related);
  const { blocks, tail, begun, after } = redacted(view, begunChars, beforeChars, context.redactor);
  const isNamed = related.length > 0 && view.path !== '' && !format?.repository;
  const above = [...(isNamed ? [`${commentLine(view.path)}\n`] : []), ...blocks].map(segment);
  const { text, heal } = hasMiddle ? withoutWord(begun, view) : withoutWord(tail, view, above.length === 0);
  const atCursor = written(text).map((each) => ({ text: each, leadingSpace: false }));
  const prefix = [...above, ...(hasMiddle ? written(tail).map(segment) : atCursor)];
  if (format === undefined) {
    const pieces = [...related, ...prefix];
    return { pieces: spaced(pieces, pieces.at(0)), heal };
  }
  const file = filePieces(format, view, prefix, nearSuffix(after, suffixBudget), related.length > 0);
  const all = isBehindFirstMarker(format)
    ? [...file.slice(0, 1), ...related, ...file.slice(1)]
    : [...related, ...file];
  const pieces = hasMiddle ? [...all, ...atCursor] : all;
  return { pieces: format.leadingSpace === 'prefix' ? spaced(pieces, prefix.at(0)) : pieces, heal };
}

/** Between two steps of {@link redactAhead}: about 40,000 characters, which take 1 ms. */
const BLOCKS_A_STEP = 32;

/**
 * Looks for secrets in all that a prompt at this view may hold, as a prompt does, which then finds them known. In steps, so that a long
 * file never holds up a key: between two of them the caller lets others work.
 */
export function* redactAhead(
  view: View,
  model: ReadyModel,
  { redactor }: PromptContext,
): Generator<void, void, void> {
  const { start, blocks } = cutPrefix(view, textChars(model.contextTokens, 1));
  let insideKey = isInsideKey(view.prefix, start);
  for (const [at, block] of blocks.entries()) {
    if (at % BLOCKS_A_STEP === BLOCKS_A_STEP - 1) yield;
    insideKey = redactor.block(block, insideKey).insideKey;
  }
}

/** Characters for all texts of a prompt together. */
function textChars(contextTokens: number, scale: number): number {
  const tokens = Math.max(0, contextTokens - MAX_COMPLETION_TOKENS - RESERVED_TOKENS);
  return Math.floor(tokens * CHARS_PER_TOKEN * scale);
}

/** Gathered while another file was open, they may be of this one. */
function ofOtherFiles({ repository, excerpts }: RelatedPart, { uri }: View): RelatedPart {
  return { repository, excerpts: excerpts.filter((each) => each.uri !== uri) };
}

/** The text around the cursor without secrets: blocks of the prefix, the rest of it, what is typed of the middle, and what follows. */
function redacted(
  view: View,
  begunChars: number,
  budgetChars: number,
  redactor: Redactor,
): { blocks: string[]; tail: string; begun: string; after: string } {
  const end = view.prefix.length - begunChars;
  const above = { ...view, prefix: view.prefix.slice(0, end), offset: view.offset - begunChars };
  const { start, blocks, tail } = cutPrefix(above, budgetChars);
  let insideKey = isInsideKey(view.prefix, start);
  const known = blocks.map((block) => {
    const { text, insideKey: endsInside } = redactor.block(block, insideKey);
    insideKey = endsInside;
    return text;
  });
  const near = [tail, view.prefix.slice(end), view.suffix.slice(0, SEARCHED_SUFFIX_CHARS)];
  const [rest = '', begun = '', after = ''] = redactor.parts(near, insideKey);
  return { blocks: known, tail: rest, begun, after };
}

/** The text without the unfinished word at its end, and the word. Not all of what has to leave something, and nothing of a placeholder. */
function withoutWord(
  text: string,
  { prefix: typed }: View,
  leavesSome = false,
): { text: string; heal: string } {
  const heal = unfinishedWord(text);
  const isAll = leavesSome && heal.length === text.length;
  return isAll || !typed.endsWith(heal)
    ? { text, heal: '' }
    : { text: text.slice(0, text.length - heal.length), heal };
}

/** No piece for no text. */
function written(text: string): string[] {
  return text === '' ? [] : [text];
}

/** The current file in the format's layout. */
function filePieces(
  format: FimFormat,
  { path }: View,
  prefix: readonly PromptPiece[],
  suffix: string,
  isAmongOthers: boolean,
): PromptPiece[] {
  const pieces: PromptPiece[] = [];
  for (const part of renderFim(format, { prefix: '', suffix, path }, isAmongOthers)) {
    const last = pieces.at(-1);
    if ('special' in part) {
      pieces.push(part);
    } else if (part.role === 'prefix') {
      pieces.push(...prefix);
    } else if (part.role !== 'suffix' && last && 'segment' in last) {
      // A file's name is one text with what stands around it.
      pieces[pieces.length - 1] = segment(last.segment + part.text);
    } else if (part.text !== '') {
      pieces.push(segment(part.text));
    }
  }
  return pieces;
}

/** Where the files of a family without a form for them stand: nothing that changes may come before them. */
function isBehindFirstMarker({ repository, order }: FimFormat): boolean {
  return repository ? repository.place === 'behind first marker' : order === 'PSM';
}

/** SentencePiece's space goes before the first of the texts that stand together with `text`. */
function spaced(pieces: readonly PromptPiece[], text: PromptPiece | undefined): PromptPiece[] {
  const at = text === undefined ? -1 : pieces.indexOf(text);
  const first = pieces.slice(0, Math.max(0, at)).findLastIndex((piece) => 'special' in piece) + 1;
  return pieces.map((piece, index) =>
    at >= 0 && index === first && !('special' in piece) ? { ...piece, leadingSpace: true } : piece,
  );
}

/** Cut at a line end where there is one, and the same for as long as the text after the cursor is. */
function nearSuffix(suffix: string, maxChars: number): string {
  if (suffix.length <= maxChars) return suffix;
  const cut = suffix.lastIndexOf('\n', maxChars - 1);
  return suffix.slice(0, cut > 0 ? cut + 1 : maxChars);
}
