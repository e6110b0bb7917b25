/**
 * Code as it is inserted at a cursor: where only white space stands before it on its line, the lines that follow get as much.
 *
 * @param before the text of the line before the cursor.
 */
export function insertedText(code: string, before: string): string {
  const text = code.replace(/\n+$/, '');
  if (before.trim() !== '') return text;
  return text
    .split('\n')
    .map((line, index) => (index === 0 || line === '' ? line : before + line))
    .join('\n');
}
