/**
 * Where to cut a text into a first piece of at most `chars` characters: behind a line, else not inside of a pair of
 * surrogates.
 */
export function cutAt(text: string, chars: number): number {
  const lineEnd = text.lastIndexOf('\n', chars - 1);
  if (lineEnd > 0) return lineEnd + 1;
  const last = text.charCodeAt(chars - 1);
  return last >= 0xd800 && last <= 0xdbff ? chars - 1 : chars;
}
