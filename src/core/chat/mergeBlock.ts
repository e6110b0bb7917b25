import { REDACTED_MARK } from '../context/redaction/placeholder.ts';
import { type Chunk, chunksOf, extentAt, headKey, indentOf, isImport } from './codeChunks.ts';

/** Lines of a file that a question was about. */
export interface Target {
  /** Counted from 0. */
  readonly firstLine: number;
  readonly text: string;
}

/** `// ... rest of the file`, `# unchanged`, `...` */
const ELIDED =
  /^\s*(?:\.\.\.|…)\s*$|^\s*(?:\/\/|\/\*|#|--|<!--)\s*(?:\.\.\.|…)|(?:\/\/|\/\*|#|--|<!--).*\b(?:rest of|existing code|unchanged|same as before)\b/i;

/**
 * A file with a code block put where it belongs: in the place of the lines that were asked about, or of the declarations that
 * bear the same names; what is new stands behind its neighbour in the block. Undefined where nothing tells, and where the block
 * leaves parts out or has a placeholder for a secret. A guess, to be shown before it is written.
 *
 * @param text with LF between its lines, as `block` and `asked` have.
 */
export function mergeBlock(text: string, block: string, asked: readonly Target[]): string | undefined {
  const code = block.replace(/^\n+|\s+$/g, '');
  // What stood in the prompt for a secret would take the secret's place.
  if (code === '' || code.includes(REDACTED_MARK)) return undefined;
  if (code.split('\n').some((line) => ELIDED.test(line))) return undefined;
  if (text.trim() === '') return `${code}\n`;
  const lines = text.split('\n');
  return replaceAsked(lines, code, asked) ?? mergeChunks(lines, code);
}

/** Where the lines asked about stand as they were, and the block is another version of them as a whole. */
function replaceAsked(lines: readonly string[], code: string, asked: readonly Target[]): string | undefined {
  for (const { firstLine, text } of asked) {
    const old = text.split('\n');
    const now = lines.slice(firstLine, firstLine + old.length);
    if (old.length === lines.length || now.join('\n') !== text || !isVersionOf(code, text)) continue;
    const fresh = reindented(code, indentOf(old.find((line) => line.trim() !== '') ?? ''));
    return [...lines.slice(0, firstLine), ...fresh, ...lines.slice(firstLine + old.length)].join('\n');
  }
  return undefined;
}

/** Every declaration of the old text is in the new one. */
function isVersionOf(code: string, old: string): boolean {
  const keys = new Set(chunksOf(code).map(({ key }) => key));
  const oldKeys = chunksOf(old).flatMap(({ key }) => key ?? []);
  return oldKeys.length > 0 && oldKeys.every((key) => keys.has(key));
}

function mergeChunks(lines: readonly string[], code: string): string | undefined {
  let merged = lines;
  let matched = 0;
  /** Behind the last chunk that found its place. */
  let after: number | undefined;
  const waiting: Chunk[] = [];
  for (const chunk of chunksOf(code)) {
    const place = placeOf(merged, chunk);
    if (place) {
      const fresh = reindented(chunk.text, indentOf(merged[place.head] ?? ''));
      const before = waiting
        .splice(0)
        .flatMap((each) => [...reindented(each.text, indentOf(fresh[0] ?? '')), '']);
      merged = [...merged.slice(0, place.start), ...before, ...fresh, ...merged.slice(place.end)];
      after = place.start + before.length + fresh.length;
      matched++;
    } else if (isImport(chunk.text)) {
      const at = merged.findLastIndex((line) => isImport(line)) + 1;
      merged = [...merged.slice(0, at), ...chunk.text.split('\n'), ...merged.slice(at)];
      if (after !== undefined && at <= after) after += chunk.text.split('\n').length;
    } else if (after === undefined) {
      waiting.push(chunk);
    } else {
      const fresh = ['', ...reindented(chunk.text, indentOf(merged[after - 1] ?? ''))];
      merged = [...merged.slice(0, after), ...fresh, ...merged.slice(after)];
      after += fresh.length;
    }
  }
  return matched === 0 ? undefined : merged.join('\n');
}

interface Place {
  /** With the comments above, where the chunk brings its own. */
  readonly start: number;
  readonly head: number;
  readonly end: number;
}

/** The declaration of the same name; of several, the one with most of the chunk's lines. */
function placeOf(lines: readonly string[], { text, key, hasComment }: Chunk): Place | undefined {
  if (key === undefined) return undefined;
  const own = new Set(text.split('\n').map((line) => line.trim()));
  const places = lines.flatMap((line, head) => {
    if (headKey(line) !== key) return [];
    const { start, end } = extentAt(lines, head);
    const common = lines.slice(head, end).filter((each) => own.has(each.trim())).length;
    return [{ start: hasComment ? start : head, head, end, common }];
  });
  return places.sort((a, b) => b.common - a.common)[0];
}

function reindented(code: string, indent: string): string[] {
  const lines = code.split('\n');
  const own = lines.filter((line) => line.trim() !== '').map((line) => indentOf(line));
  const least = own.reduce((a, b) => (b.length < a.length ? b : a), own[0] ?? '');
  return lines.map((line) => (line.trim() === '' ? '' : indent + line.slice(least.length)));
}
