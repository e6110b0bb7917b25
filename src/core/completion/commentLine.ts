import { languageOf } from '../languages/languageOf.ts';

/** A line of the file's own kind that says nothing but its path. Without a line end. */
export function commentLine(path: string): string {
  // Of other files only the name is known.
  const { lineComments, blockComments } = languageOf({ languageId: '', path });
  const [line] = lineComments;
  const [block] = blockComments;
  if (line === undefined && block !== undefined) return `${block[0]} ${path} ${block[1]}`;
  return `${line ?? '//'} ${path}`;
}
