import type { Definition } from '../../ports/codeIndex.ts';
import type { Candidate } from '../contextSource.ts';

/** Longer ones are shown by their signature: how to call something is needed more often than how it works. */
const WHOLE_CHARS = 800;

export function definitionExcerpt({ uri, path, firstLine, text, signature }: Definition): Candidate {
  const isVerbatim = text.length <= WHOLE_CHARS || signature === '';
  return { uri, path, firstLine, text: isVerbatim ? text : signature, isVerbatim };
}
