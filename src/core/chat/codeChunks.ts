/** A declaration of a code block, with the comments above it. */
export interface Chunk {
  readonly text: string;
  /** By what its like is found in a file; undefined where it declares nothing. */
  readonly key: string | undefined;
  readonly hasComment: boolean;
}

const COMMENT = /^\s*(?:\/\/|\/\*|\*|#(?!include|define|if)|--|@|"""|''')/;
const CLOSER = /^\s*(?:[}\])]|end\b|else\b|elif\b|except\b|finally\b|catch\b|rescue\b)/;
const STATEMENT = /^(?:return|if|for|while|switch|case|try|do|throw|await|yield|else|with|print|raise)\b/;
const IMPORT = /^\s*(?:import|from|use|using|require|include)\b|^\s*#\s*include\b|=\s*require\(/;
const MODIFIERS =
  /^(?:(?:export|default|async|public|private|protected|internal|static|final|abstract|override|readonly|declare|const|let|var|val|pub(?:\([a-z]+\))?|unsafe|inline|virtual)\s+)+/;

export function isImport(line: string): boolean {
  return IMPORT.test(line);
}

export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/**
 * What a line declares, without how: `export async function load(path: string) {` is `function load`. Undefined for comments,
 * closing brackets and statements.
 */
export function headKey(line: string): string | undefined {
  const text = line.trim();
  if (text === '' || COMMENT.test(text) || CLOSER.test(text) || STATEMENT.test(text)) return undefined;
  if (IMPORT.test(text)) return text.replace(/\s+/g, ' ');
  const bare = text.replace(MODIFIERS, '');
  const [head = ''] = /^[^({=:<;]*/.exec(bare) ?? [];
  const key = head.trim().replace(/\s+/g, ' ');
  // A call or an assignment to a part of something declares nothing.
  return /[\p{L}_$]{2}/u.test(key) && !/[."'[\]]/.test(key) ? key : undefined;
}

/** A block cut at the lines that are indented least, comments with what they stand above. */
export function chunksOf(code: string): Chunk[] {
  const lines = code.split('\n');
  const widths = lines.filter((line) => line.trim() !== '').map((line) => indentOf(line).length);
  const least = Math.min(...widths);
  const groups: string[][] = [];
  let hasHead = true;
  for (const line of lines) {
    const isOuter = line.trim() !== '' && indentOf(line).length === least && !CLOSER.test(line);
    if (groups.length === 0 || (isOuter && hasHead)) {
      groups.push([]);
      hasHead = false;
    }
    groups.at(-1)?.push(line);
    if (isOuter && !COMMENT.test(line)) hasHead = true;
  }
  return groups.map((group) => {
    const head = group.find(
      (line) => line.trim() !== '' && indentOf(line).length === least && !COMMENT.test(line),
    );
    const first = group.find((line) => line.trim() !== '') ?? '';
    return {
      text: group.join('\n').replace(/^\n+|\s+$/g, ''),
      key: head === undefined ? undefined : headKey(head),
      hasComment: COMMENT.test(first),
    };
  });
}

/** The lines of a declaration by their indentation, `start` with the comments above it. */
export function extentAt(lines: readonly string[], head: number): { start: number; end: number } {
  const width = indentOf(lines[head] ?? '').length;
  let end = head + 1;
  for (let at = end; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const own = indentOf(line).length;
    if (own < width || (own === width && !CLOSER.test(line))) break;
    end = at + 1;
  }
  let start = head;
  while (start > 0 && isCommentAbove(lines[start - 1] ?? '', width)) start--;
  return { start, end };
}

function isCommentAbove(line: string, width: number): boolean {
  const own = indentOf(line).length;
  return line.trim() !== '' && COMMENT.test(line) && (own === width || own === width + 1);
}
