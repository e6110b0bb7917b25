/** A fenced block of an answer, with what was said before it. */
export interface CodeBlock {
  /** What stands behind the opening fence: a language, sometimes a path. */
  readonly info: string;
  /** The last lines before it that are not blank, the nearest first. */
  readonly lead: readonly string[];
  readonly text: string;
}

const FENCE = /^\s*(`{3,}|~{3,})(.*)$/;
const LEAD_LINES = 2;

/** The fenced blocks of a Markdown text. One that is not closed goes to the end. */
export function codeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { fence: string; info: string; lead: string[]; lines: string[] } | undefined;
  let lead: string[] = [];
  const close = (): void => {
    if (open) blocks.push({ info: open.info, lead: open.lead, text: open.lines.join('\n') });
    open = undefined;
    lead = [];
  };
  for (const line of markdown.split('\n')) {
    const [, fence = '', info = ''] = FENCE.exec(line) ?? [];
    if (open) {
      if (fence.startsWith(open.fence) && info.trim() === '') close();
      else open.lines.push(line);
    } else if (fence !== '') {
      open = { fence, info: info.trim(), lead, lines: [] };
    } else if (line.trim() !== '') {
      lead = [line, ...lead].slice(0, LEAD_LINES);
    }
  }
  close();
  return blocks;
}
