import type { View } from './view.ts';

const TAB_WIDTH = 4;

/** Lines before the cursor that tell how the document indents. */
const LOOKED_AT_CHARS = 8_000;

const OPENER = /([{([:]|=>|->|\b(then|do|else|of|with|try|where))\s*$/;

/** Whether a block follows a line that ends so. */
export function isOpener(line: string): boolean {
  return OPENER.test(line);
}

/** Columns of white space that a line begins with. */
export function indentationOf(line: string): number {
  let width = 0;
  for (const character of line) {
    if (character === '\t') width += TAB_WIDTH;
    else if (character === ' ') width++;
    else break;
  }
  return width;
}

/** Columns that one more level of indentation takes in the document, as far as the lines before the cursor tell. */
export function indentUnit(view: View): number {
  const steps = leadingOf(view).map(indentationOf);
  return Math.min(TAB_WIDTH * 2, ...steps.filter((step) => step > 1)) % (TAB_WIDTH * 2) || TAB_WIDTH;
}

/** Whether the document indents with tabs; undefined where nothing is indented. */
export function usesTabs(view: View): boolean | undefined {
  const leading = leadingOf(view);
  if (leading.length === 0) return undefined;
  return leading.filter((each) => each.startsWith('\t')).length * 2 > leading.length;
}

/** The white space that lines before the cursor begin with, where there is some. */
function leadingOf({ prefix }: View): string[] {
  return prefix.slice(-LOOKED_AT_CHARS).match(/^[ \t]+(?=\S)/gm) ?? [];
}
