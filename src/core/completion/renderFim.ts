import type { FimFormat, FimPiece } from './fimFormats.ts';

/** What stands around the cursor. The path is '' for a file without one. */
export interface FimTexts {
  readonly prefix: string;
  readonly suffix: string;
  readonly path: string;
}

/** A run of the prompt that is tokenized with special tokens off. */
export interface FimText {
  readonly text: string;
  readonly role: 'prefix' | 'suffix' | 'path' | 'literal';
}

/** A part of the prompt: a marker, to be found in the vocabulary as one token, or text, which never is a marker. */
export type FimPart = { readonly special: string } | FimText;

/**
 * The prompt for one hole, without BOS. Parts are not merged, so that the caller can cut, count and cache prefix and
 * suffix on their own; empty texts keep their place. Text that spells a marker stays text.
 *
 * @param isAmongOthers files of the same repository stand before this one.
 */
export function renderFim(format: FimFormat, texts: FimTexts, isAmongOthers = false): FimPart[] {
  const named = isAmongOthers ? format.repository?.currentFile : undefined;
  const layout = texts.path === '' ? format.layout : (named ?? format.namedLayout ?? format.layout);
  return layout.map((piece) => partOf(piece, texts));
}

function partOf(piece: FimPiece, texts: FimTexts): FimPart {
  if (typeof piece === 'string') return { text: texts[piece], role: piece };
  if ('special' in piece) return { special: piece.special };
  return { text: piece.literal, role: 'literal' };
}
