/** A `/command` or `@name` that is being written in the input box. */
export interface Trigger {
  readonly mark: '/' | '@';
  /** What stands between the mark and the cursor. */
  readonly query: string;
  /** Offset of the mark. */
  readonly start: number;
}

const MAX_QUERY_CHARS = 200;

/** What the cursor is in, if anything. Commands stand at the beginning; a name may stand behind any space. */
export function triggerAt(text: string, cursor: number): Trigger | undefined {
  const before = text.slice(Math.max(0, cursor - MAX_QUERY_CHARS - 2), cursor);
  const [word = ''] = /\S*$/.exec(before) ?? [];
  const start = cursor - word.length;
  const query = word.slice(1);
  if (query.length > MAX_QUERY_CHARS) return undefined;
  if (word.startsWith('@')) return { mark: '@', query, start };
  if (word.startsWith('/') && text.slice(0, start).trim() === '') return { mark: '/', query, start };
  return undefined;
}

/** The text with the completion in the place of what was written, and where the cursor stands then. */
export function completedText(
  text: string,
  cursor: number,
  trigger: Trigger,
  insert: string,
): { readonly text: string; readonly cursor: number } {
  const rest = text.slice(cursor);
  const before = text.slice(0, trigger.start) + insert + (/^\s/.test(rest) ? '' : ' ');
  return { text: before + rest, cursor: before.length };
}
