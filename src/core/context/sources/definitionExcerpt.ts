import type { Definition } from '../../ports/codeIndex.ts';
import type { Candidate } from '../contextSource.ts';

/** Longer ones are shown by their signature: how to call something is needed more often than how it works. */
const WHOLE_CHARS = 800;

export function definitionExcerpt({ uri, path, firstLine, text, signature }: Definition): Candidate {
  if (signature === '' || signature.length >= text.length)
    return { uri, path, firstLine, text, isVerbatim: true };
  return text.length <= WHOLE_CHARS
    ? { uri, path, firstLine, text, isVerbatim: true, brief: signature }
    : { uri, path, firstLine, text: signature, isVerbatim: false };
}
