import { isInsideKey, redactAll } from '../context/redaction/redactor.ts';
import type { SourceText } from '../ports/sourceTexts.ts';

/** Whole lines of a file as they were when they were attached, secrets replaced. Kept with the question, so that it can be asked again. */
export interface Attached {
  readonly id: string;
  readonly uri: string;
  /** Relative to its workspace folder, with forward slashes. */
  readonly path: string;
  /** Counted from 0. */
  readonly firstLine: number;
  /** All of the file. */
  readonly isWhole: boolean;
  /** With LF between its lines and none at the end. */
  readonly text: string;
  /** What the editor complains of in these lines, as `line 12: …`. */
  readonly problems: readonly string[];
}

/**
 * Lines of a file, counted from 0.
 * @param endLine behind the last one; undefined for all that follow.
 */
export function attachLines(
  id: string,
  { uri, path, text }: SourceText,
  firstLine = 0,
  endLine?: number,
  problems: readonly string[] = [],
): Attached {
  const lines = text.split('\n');
  const part = lines.slice(firstLine, endLine);
  const offset = lines.slice(0, firstLine).reduce((chars, line) => chars + line.length + 1, 0);
  const isWhole = firstLine === 0 && part.length === lines.length;
  const redacted = redactAll(part.join('\n'), isInsideKey(text, offset)).text;
  return { id, uri, path, firstLine, isWhole, text: redacted.replace(/\n+$/, ''), problems };
}

/** `pack.ts:12–40`, or the file's name alone where it is attached whole. */
export function labelOf(attached: Attached): string {
  const { path, isWhole } = attached;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (isWhole) return name;
  const [first, last] = linesOf(attached);
  return first === last ? `${name}:${first}` : `${name}:${first}–${last}`;
}

/** `src/pack.ts, lines 12 to 40` */
export function detailOf(attached: Attached): string {
  const { path, isWhole } = attached;
  if (isWhole) return path;
  const [first, last] = linesOf(attached);
  return first === last ? `${path}, line ${first}` : `${path}, lines ${first} to ${last}`;
}

/** The first and the last line, counted from 1 as people do. */
export function linesOf({ firstLine, text }: Pick<Attached, 'firstLine' | 'text'>): [number, number] {
  return [firstLine + 1, firstLine + text.split('\n').length];
}

/** Whether both show the same lines of the same file. */
export function isSamePlace(one: Attached, other: Attached): boolean {
  return one.uri === other.uri && one.firstLine === other.firstLine && one.text === other.text;
}
