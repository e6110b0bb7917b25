/** A table whose cells hold any text: none of it can end its cell, or begin a tag or a link. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  if (rows.length === 0) return ['none'];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row.map(cell)))];
}

/** Any text as a code block: its fence is longer than every fence within. */
export function fenced(text: string, language = 'text'): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, text, fence];
}

/** A text as one line of code, its white space made visible. */
export function inline(text: string): string {
  return text === ''
    ? ''
    : `\`\` ${text.replaceAll('\r', '').replaceAll('\n', '⏎').replaceAll('`', 'ˋ')} \`\``;
}

function cell(value: string | number): string {
  return String(value)
    .replaceAll(/\s*[\r\n]+\s*/g, ' ')
    .replaceAll(/[|<[]/g, (character) => `\\${character}`);
}
