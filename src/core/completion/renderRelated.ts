import type { RelatedPart } from '../context/relatedPart.ts';
import type { PromptPiece } from '../ports/model.ts';
import { commentLine } from './commentLine.ts';
import type { FimFormat, RepositoryPiece } from './fimFormats.ts';
import { segment, segmentChars } from './promptPieces.ts';

/**
 * Other files in the form of the model's family, a comment with the path before each where it has none. As many from the
 * first on as fit: those that stand in front never depend on those behind.
 * @param maxChars of all texts together.
 */
export function renderRelated(
  format: FimFormat | undefined,
  { repository, excerpts }: RelatedPart,
  maxChars: number,
): PromptPiece[] {
  const form = format?.repository;
  const pieces = render(form?.header ?? [], { repository });
  let leftChars = maxChars - segmentChars(pieces);
  let files = 0;
  for (const { path, text } of excerpts) {
    const file = form
      ? render(form.file, { path, content: text })
      : [segment(`${commentLine(path)}\n${text}\n`)];
    leftChars -= segmentChars(file);
    if (leftChars < 0) break;
    pieces.push(...file);
    files++;
  }
  return files === 0 ? [] : pieces;
}

/** Texts between two markers become one segment. */
function render(
  form: readonly RepositoryPiece[],
  texts: Partial<Record<'repository' | 'path' | 'content', string>>,
): PromptPiece[] {
  const pieces: PromptPiece[] = [];
  for (const piece of form) {
    if (typeof piece === 'object' && 'special' in piece) {
      pieces.push({ special: piece.special });
      continue;
    }
    const text = typeof piece === 'string' ? (texts[piece] ?? '') : piece.literal;
    const last = pieces.at(-1);
    if (last && 'segment' in last) pieces[pieces.length - 1] = segment(last.segment + text);
    else if (text !== '') pieces.push(segment(text));
  }
  return pieces;
}
