import { linePrefix, restOfLine } from '../view.ts';
import type { Filter, Filtered, ShapeContext } from './filter.ts';

/** More is hardly ever read before it is accepted or rejected. */
const MAX_LINES = 12;
const TAB_WIDTH = 4;
const OPENS_BLOCK = /([{([:]|=>|\b(then|do))\s*$/;
const CLOSES_BLOCK = /^\s*([)\]}]|end\b)/;
/** The beginning of a line that may turn out to close the block. */
const MAY_CLOSE_BLOCK = /^\s*([)\]}]|end?\b|e$)/;
const ONLY_CLOSERS = /^[\s)\]}>"'`;,]*$/;

/**
 * Ends the suggestion with the line, or with the block that the line opens or that the cursor stands in. Blocks are
 * seen by indentation: one ends before the first line indented no deeper than its opener, or with it if it closes.
 * Before words it is always one line; before closing brackets, as in `{|}`, a block has its place between them.
 */
export const sensibleEnd: Filter = {
  name: 'sensible end',
  apply(text: string, context: ShapeContext): Filtered {
    const prefix = linePrefix(context.view);
    const lines = text.split('\n');
    const first = lines[0] ?? '';
    const known = context.complete ? lines.length : lines.length - 1;
    const opener = openerIndentation(context, prefix, first);
    if (opener === undefined || !ONLY_CLOSERS.test(restOfLine(context.view))) {
      return { text: first.trimEnd(), final: known > 0 };
    }
    return takeBlock(lines, known, opener, context.complete);
  },
};

/** Indentation of the line that opens the block to be written, or undefined where one line is enough. */
function openerIndentation({ view }: ShapeContext, prefix: string, first: string): number | undefined {
  if (OPENS_BLOCK.test(prefix + first)) return indentation(prefix + first);
  if (prefix.trim() !== '') return undefined;
  const previous = lastLineOf(view.prefix.trimEnd());
  const isInBlock = OPENS_BLOCK.test(previous) && indentation(prefix + first) > indentation(previous);
  return isInBlock ? indentation(previous) : undefined;
}

/** @param known lines that are whole, so that their indentation can be judged. */
function takeBlock(lines: readonly string[], known: number, opener: number, complete: boolean): Filtered {
  const taken: string[] = [lines[0] ?? ''];
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const isWhole = index < known;
    if (index >= MAX_LINES) return ended(taken);
    if (line.trim() === '') {
      if (isWhole && index > 1 && taken.at(-1) === '') return ended(taken);
      taken.push('');
    } else if (indentation(line) > opener) {
      taken.push(line);
    } else if (isWhole) {
      return ended(CLOSES_BLOCK.test(line) ? [...taken, line] : taken);
    } else if (MAY_CLOSE_BLOCK.test(line)) {
      taken.push(line);
    } else {
      return ended(taken);
    }
  }
  return { text: taken.join('\n'), final: complete };
}

function ended(lines: readonly string[]): Filtered {
  return { text: lines.join('\n').trimEnd(), final: true };
}

function lastLineOf(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}

function indentation(line: string): number {
  let width = 0;
  for (const character of line) {
    if (character === '\t') width += TAB_WIDTH;
    else if (character === ' ') width++;
    else break;
  }
  return width;
}
