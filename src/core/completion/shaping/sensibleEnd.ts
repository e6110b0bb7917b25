import { linePrefix, restOfLine } from '../view.ts';
import type { Filter, Filtered, ShapeContext } from './filter.ts';

/** More is hardly ever read before it is accepted or rejected. */
const MAX_LINES = 12;
const TAB_WIDTH = 4;
const OPENS_BLOCK = /([{([:]|=>|\b(then|do))\s*$/;
const CLOSES_BLOCK = /^\s*([)\]}]|end\b)/;

/**
 * Ends the suggestion with the line, or with the block that the line opens or that the cursor stands in. Blocks are
 * seen by indentation: one ends before the first line indented no deeper than its opener, or with it if it closes.
 */
export const sensibleEnd: Filter = {
  name: 'sensible end',
  apply(text: string, context: ShapeContext): Filtered {
    const prefix = linePrefix(context.view);
    const lines = text.split('\n');
    const first = lines[0] ?? '';
    const known = context.complete ? lines.length : lines.length - 1;
    const opener = openerIndentation(context, prefix, first);
    if (opener === undefined || restOfLine(context.view).trim() !== '') {
      return { text: first.trimEnd(), final: known > 0 };
    }
    return takeBlock(lines, known, opener, context.complete);
  },
};

/** Indentation of the line that opens the block to be written, or undefined where one line is enough. */
function openerIndentation({ view }: ShapeContext, prefix: string, first: string): number | undefined {
  if (OPENS_BLOCK.test(prefix + first)) return indentation(prefix + first);
  if (prefix.trim() !== '') return undefined;
  const before = view.prefix.slice(0, view.prefix.length - prefix.length);
  const previous = before.split('\n').findLast((line) => line.trim() !== '') ?? '';
  const isInBlock = OPENS_BLOCK.test(previous) && indentation(prefix + first) > indentation(previous);
  return isInBlock ? indentation(previous) : undefined;
}

/** @param known lines that are whole, so that their indentation can be judged. */
function takeBlock(lines: readonly string[], known: number, opener: number, complete: boolean): Filtered {
  const taken: string[] = [lines[0] ?? ''];
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (index >= MAX_LINES) return ended(taken);
    if (line.trim() === '') {
      if (taken.at(-1)?.trim() === '' && index > 1) return ended(taken);
      taken.push('');
      continue;
    }
    if (index >= known) {
      taken.push(line);
      break;
    }
    if (indentation(line) <= opener) return CLOSES_BLOCK.test(line) ? ended([...taken, line]) : ended(taken);
    taken.push(line);
  }
  return { text: taken.join('\n').trimEnd(), final: complete };
}

function ended(lines: readonly string[]): Filtered {
  return { text: lines.join('\n').trimEnd(), final: true };
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
