/** A document seen from the cursor at one moment. Immutable; line ends are LF whatever the document has. */
export interface View {
  readonly uri: string;
  /** Path for the model's eyes, relative to the workspace, with forward slashes. */
  readonly path: string;
  readonly languageId: string;
  /** Characters before the cursor in the whole document. */
  readonly offset: number;
  /** Text before the cursor, from the start of line `firstLine`: the whole of it or a long window. */
  readonly prefix: string;
  readonly firstLine: number;
  /** Text after the cursor, or a window of it. */
  readonly suffix: string;
}

/** What stands on the cursor's line before the cursor. */
export function linePrefix({ prefix }: View): string {
  return prefix.slice(prefix.lastIndexOf('\n') + 1);
}

/** What stands on the cursor's line after the cursor. */
export function restOfLine({ suffix }: View): string {
  const end = suffix.indexOf('\n');
  return end < 0 ? suffix : suffix.slice(0, end);
}

/** The document's text below the cursor's line. */
export function below({ suffix }: View): string {
  const end = suffix.indexOf('\n');
  return end < 0 ? '' : suffix.slice(end + 1);
}

export function isSamePlace(a: View, b: View): boolean {
  return a.uri === b.uri && a.offset === b.offset && a.prefix === b.prefix && a.suffix === b.suffix;
}

/** Enough text to be sure that two views show the same place, and little enough to compare at every key. */
const COMPARED_CHARS = 400;

/**
 * What was typed between two views of a document, or undefined where anything else changed: text before the earlier
 * cursor, text after the cursor, the document. Closing brackets and quotes the editor added by itself are no change.
 */
export function typedBetween(earlier: View, later: View): string | undefined {
  const length = later.offset - earlier.offset;
  if (earlier.uri !== later.uri || length < 0 || length > later.prefix.length) return undefined;
  const before = later.prefix.slice(0, later.prefix.length - length);
  if (before.slice(-COMPARED_CHARS) !== earlier.prefix.slice(-COMPARED_CHARS)) return undefined;
  const added = later.suffix.indexOf(earlier.suffix.slice(0, COMPARED_CHARS));
  if (added < 0 || !/^[)\]}>"'`]*$/.test(later.suffix.slice(0, added))) return undefined;
  return later.prefix.slice(later.prefix.length - length);
}
