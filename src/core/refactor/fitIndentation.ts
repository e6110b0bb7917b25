export interface IndentationStyle {
  /** The editor's, for code that shows none of its own. */
  readonly insertSpaces: boolean;
  readonly tabSize: number;
}

/**
 * Moves an answer to where the code stands that it replaces, and writes its indentation as the code's: models begin at the left
 * margin, leave the first line's indentation out, or know one kind of indentation only.
 *
 * @param lines neither the first nor the last blank.
 * @param original the code; its first line is not blank.
 * @returns undefined: the lines so far do not tell.
 */
export function fitIndentation(
  lines: readonly string[],
  original: readonly string[],
  style: IndentationStyle,
  isComplete: boolean,
): readonly string[] | undefined {
  const margin = indentOf(original[0] ?? '');
  const styled = inStyle(lines, original, style);
  const [first = '', second] = styled.filter((line) => line.trim() !== '');
  const own = indentOf(first);
  if (own === margin) return scaled(styled, original, margin);
  if (own.length < margin.length) {
    if (second === undefined && !isComplete) return undefined;
    if (second !== undefined && isOnlyFirstMoved(first, indentOf(second), margin)) {
      return scaled([margin + first.trimStart(), ...styled.slice(1)], original, margin);
    }
  }
  return scaled(
    styled.map((line) => moved(line, own, margin)),
    original,
    margin,
  );
}

/** The line below is where it belongs; below one that opens a block that is deeper than the margin. */
function isOnlyFirstMoved(first: string, second: string, margin: string): boolean {
  if (!second.startsWith(margin)) return false;
  return !/[:{([]\s*$/.test(first) || second.length > margin.length;
}

function moved(line: string, from: string, to: string): string {
  if (line.trim() === '') return '';
  const indent = indentOf(line);
  const text = line.slice(indent.length);
  if (indent.startsWith(from)) return to + indent.slice(from.length) + text;
  return to.slice(0, Math.max(0, to.length - Math.max(0, from.length - indent.length))) + text;
}

/** Tabs where the code has tabs, and spaces where it has spaces. */
function inStyle(
  lines: readonly string[],
  original: readonly string[],
  style: IndentationStyle,
): readonly string[] {
  const usesTabs = original.some((line) => line.startsWith('\t'));
  const usesSpaces = original.some((line) => /^ {2}/.test(line));
  const wantsTabs = usesTabs === usesSpaces ? !style.insertSpaces : usesTabs;
  // A file that mixes them means something by it.
  if (usesTabs && usesSpaces) return lines;
  if (!wantsTabs) {
    const spaces = ' '.repeat(style.tabSize);
    return lines.map((line) => indentOf(line).replaceAll('\t', spaces) + line.slice(indentOf(line).length));
  }
  const unit = smallestStep(lines) ?? style.tabSize;
  return lines.map((line) => {
    const indent = indentOf(line);
    if (indent.includes('\t')) return line;
    const tabs = Math.floor(indent.length / unit);
    return '\t'.repeat(tabs) + line.slice(tabs * unit);
  });
}

/** The least by which a line is deeper than the one before. One space is alignment, as in block comments. */
function smallestStep(lines: readonly string[]): number | undefined {
  let step: number | undefined;
  let before: number | undefined;
  for (const line of lines) {
    if (line.trim() === '' || line.trimStart().startsWith('*')) continue;
    const depth = indentOf(line).length;
    const deeper = before === undefined ? 0 : depth - before;
    if (deeper >= 2) step = Math.min(step ?? deeper, deeper);
    before = depth;
  }
  return step;
}

/**
 * Two spaces for four, or four for two, where the lines that both have say so: without any, what is deeper than expected may
 * just be deeper.
 */
function scaled(lines: readonly string[], original: readonly string[], margin: string): readonly string[] {
  if (margin.includes('\t')) return lines;
  const depths = new Map<string, number>();
  for (const line of original) {
    const text = line.trim();
    if (/\w{2}/.test(text) && !depths.has(text)) depths.set(text, indentOf(line).length - margin.length);
  }
  const both = lines.flatMap((line) => {
    const wanted = depths.get(line.trim());
    return wanted === undefined ? [] : [{ wanted, depth: indentOf(line).length - margin.length }];
  });
  const deep = both.find(({ depth }) => depth > 0);
  const factor = deep ? deep.wanted / deep.depth : 1;
  const agree = both.every(({ wanted, depth }) => depth * factor === wanted);
  return agree && (factor === 0.5 || factor === 2)
    ? lines.map((line) => deepened(line, margin, factor))
    : lines;
}

function deepened(line: string, margin: string, factor: number): string {
  const indent = indentOf(line);
  const depth = indent.length - margin.length;
  if (depth <= 0 || indent.includes('\t')) return line;
  const unit = factor < 1 ? 4 : 2;
  const levels = Math.floor(depth / unit);
  return margin + ' '.repeat(levels * unit * factor + (depth % unit)) + line.slice(indent.length);
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
