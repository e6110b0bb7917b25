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

/** Where something was suggested: of a view what tells it from another place. */
export type Place = Pick<View, 'uri' | 'offset' | 'prefix' | 'suffix'>;

/** As much of the text after the cursor as a view holds. */
export const SUFFIX_WINDOW_CHARS = 4_000;

/** What stands on the cursor's line before the cursor. */
export function linePrefix({ prefix }: Pick<View, 'prefix'>): string {
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

/** The last line above the cursor's that is not blank; '' where there is none. */
export function textAbove({ prefix }: View): string {
  const end = prefix.slice(0, prefix.lastIndexOf('\n') + 1).trimEnd();
  return end.slice(end.lastIndexOf('\n') + 1);
}

/** Whether two views show the same text around the same cursor. */
export function isSamePlace(a: Place, b: Place): boolean {
  return a.uri === b.uri && a.offset === b.offset && a.prefix === b.prefix && a.suffix === b.suffix;
}
