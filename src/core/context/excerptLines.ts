import type { Excerpt } from '../ports/codeIndex.ts';
import type { SourceText } from '../ports/sourceTexts.ts';
import type { Candidate } from './contextSource.ts';

/**
 * Excerpts begin and end at multiples of this many lines, so that a place a line further down gives the same bytes, and
 * two places close to each other overlap in whole.
 */
const BLOCK_LINES = 16;

/** Whole blocks of lines from the one with `firstLine` to the one with the line before `endLine`, counted from 0. */
export function blocksAround({ uri, path, text }: SourceText, firstLine: number, endLine: number): Candidate {
  const lines = text.split('\n');
  const from = Math.min(Math.floor(Math.max(0, firstLine) / BLOCK_LINES) * BLOCK_LINES, lines.length);
  const to = Math.ceil(Math.max(endLine, firstLine + 1) / BLOCK_LINES) * BLOCK_LINES;
  return { uri, path, firstLine: from, text: lines.slice(from, to).join('\n'), isVerbatim: true };
}

/** The line behind the last. */
export function endLineOf({ firstLine, text }: Excerpt): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return firstLine + lines;
}

export function overlaps(one: Excerpt, other: Excerpt): boolean {
  return one.uri === other.uri && one.firstLine < endLineOf(other) && other.firstLine < endLineOf(one);
}

/** Both as one, or undefined where they do not overlap, or show two versions of the same lines. */
export function joined(one: Candidate, other: Candidate): Candidate | undefined {
  if (one.text === other.text && one.uri === other.uri) return one;
  if (!one.isVerbatim || !other.isVerbatim || !overlaps(one, other)) return undefined;
  const [upper, lower] = one.firstLine <= other.firstLine ? [one, other] : [other, one];
  const above = upper.text.split('\n');
  const below = lower.text.split('\n');
  const shared = above.slice(lower.firstLine - upper.firstLine);
  if (!shared.every((line, index) => index >= below.length || line === below[index])) return undefined;
  if (shared.length >= below.length) return upper;
  return { ...upper, text: [...above, ...below.slice(shared.length)].join('\n') };
}

/** What `excerpt` shows and `shown` does not, where both agree: nothing, lines above or lines below, or all of it. */
export function without(excerpt: Candidate, shown: Candidate): Candidate | undefined {
  const both = joined(excerpt, shown);
  if (both === undefined) return excerpt;
  const lines = excerpt.text.split('\n');
  const above = lines.slice(0, Math.max(0, shown.firstLine - excerpt.firstLine));
  const below = lines.slice(Math.max(0, endLineOf(shown) - excerpt.firstLine));
  if (both.text === shown.text || (above.length === 0 && below.length === 0)) return undefined;
  // Lines on both sides: two short excerpts would be worth less than one line shown twice.
  if (above.length > 0 && below.length > 0) return excerpt;
  if (above.length > 0) return { ...excerpt, text: above.join('\n') };
  return { ...excerpt, firstLine: endLineOf(shown), text: below.join('\n') };
}
