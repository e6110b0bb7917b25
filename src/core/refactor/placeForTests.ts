export interface TestPlace {
  /** Tests are added before this line of the file, which may be the one behind its last. */
  readonly line: number;
  /** Code beside which they stand, and whose indentation they have; none in an empty file. */
  readonly beside: readonly string[];
}

/** Where tests are added to the lines of a test file: behind its last line of text, or before the brace that closes a class. */
export function placeForTests(lines: readonly string[]): TestPlace {
  const isText = (line: string): boolean => line.trim() !== '';
  const last = lines.findLastIndex(isText);
  const atEnd = { line: last + 1, beside: lines.slice(0, last + 1).filter(isText) };
  if (lines[last] !== '}') return atEnd;
  const open = lines.findLastIndex((line, index) => index < last && /^[^\s)}]/.test(line));
  // The brace may have a line of its own.
  const head = lines[open] === '{' ? lines[open - 1] : lines[open];
  const members = lines.slice(open + 1, last).filter(isText);
  return /\bclass\b/.test(head ?? '') && members.length > 0 ? { line: last, beside: members } : atEnd;
}
