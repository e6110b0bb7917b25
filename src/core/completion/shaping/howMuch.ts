import { closeAll, scanBrackets } from '../brackets.ts';
import { indentationOf } from '../indentation.ts';
import { surroundingsOf } from '../surroundings.ts';
import { linePrefix, restOfLine } from '../view.ts';
import {
  closesBlock,
  headIndentation,
  isUnindented,
  mayCloseBlock,
  mayOpenBelow,
  opensBelow,
  opensBlock,
  upToCode,
} from './blockSyntax.ts';
import type { Filter, Filtered, ShapeContext } from './filter.ts';

/** More is hardly ever read before it is accepted or rejected. */
const MAX_LINES = 12;
const ONLY_CLOSERS = /^[\s)\]}>"'`;,]*$/;
/** Behind an operator the line is to be finished first. */
const MAY_END_LINE = /[\w)\]}"'`;:,>]$/;
const CLOSERS_LINE = /^\s*[)\]}]+[;,]?\s*$/;

/**
 * Ends the suggestion with the line, or with the block that the line opens or that the cursor stands in. Blocks are
 * seen by indentation: one ends before the first line indented no deeper than its opener, or with it if it closes. On a
 * blank line a suggestion goes on to the next blank one; at the end of a line it may be the next line. Before words it
 * is always one line; before closing brackets, as in `{|}`, a block has its place between them.
 */
export const howMuch: Filter = {
  name: 'how much',
  apply(text: string, context: ShapeContext): Filtered {
    const lines = text.split('\n');
    const known = context.complete ? lines.length : lines.length - 1;
    const extent = extentOf(lines, known, context);
    if (extent === 'unknown') return { text, final: false };
    if (extent.kind === 'block') return takeBlock(lines, known, extent, context);
    return { text: lines.slice(0, extent.count).join('\n'), final: known >= extent.count };
  },
};

type Extent =
  | { readonly kind: 'lines'; readonly count: number }
  | Block
  /** Not before the model has written more. */
  | 'unknown';

/** A head of so many lines, and what is indented deeper than `opener` columns. */
interface Block {
  readonly kind: 'block';
  readonly head: number;
  readonly opener: number;
  readonly endsAtBlank: boolean;
}

const ONE_LINE: Extent = { kind: 'lines', count: 1 };

/** @param known lines that are whole, so that they can be judged. */
function extentOf(lines: readonly string[], known: number, context: ShapeContext): Extent {
  const { view, options, language } = context;
  const rest = restOfLine(view);
  if (options.multiline === 'never' || !ONLY_CLOSERS.test(rest)) return ONE_LINE;
  if (linePrefix(view).trim() === '') return onBlankLine(lines, context);
  const line = linePrefix(view) + (lines[0] ?? '');
  const opener = headIndentation(view.prefix + (lines[0] ?? ''), language);
  if (opensBlock(line, language)) return { kind: 'block', head: 1, opener, endsAtBlank: false };
  if (options.multiline === 'always')
    return { kind: 'block', head: 1, opener: opener - 1, endsAtBlank: true };
  const isLineEnd = lines[0]?.trim() === '' && rest.trim() === '' && MAY_END_LINE.test(line.trimEnd());
  if (!isLineEnd && !mayOpenBelow(line, context.language)) return ONE_LINE;
  const next = lines[1] ?? '';
  if (next.trim() === '' && known < 2) return known < lines.length ? 'unknown' : ONE_LINE;
  return below(line, next, isLineEnd, context);
}

/** What a next line makes of one that does not open a block by its own end. */
function below(line: string, next: string, isLineEnd: boolean, { language }: ShapeContext): Extent {
  if (mayOpenBelow(line, language) && opensBelow(line, next, language)) {
    return { kind: 'block', head: 2, opener: indentationOf(line), endsAtBlank: false };
  }
  if (!isLineEnd) return ONE_LINE;
  if (opensBlock(next, language))
    return { kind: 'block', head: 2, opener: indentationOf(next), endsAtBlank: false };
  return { kind: 'lines', count: 2 };
}

/** A block that is empty yet is filled, one that the first line opens is written, else lines up to a blank one. */
function onBlankLine(lines: readonly string[], context: ShapeContext): Extent {
  const { view, language } = context;
  const at = Math.max(
    0,
    lines.findIndex((line) => line.trim() !== ''),
  );
  const line = (at === 0 ? linePrefix(view) : '') + (lines[at] ?? '');
  const own = indentationOf(line);
  const head = at + 1;
  const above = codeAbove(context);
  const outer = headIndentation(above, language);
  if (above !== '' && own > outer) {
    return { kind: 'block', head, opener: outer, endsAtBlank: false };
  }
  if (opensBlock(line, language)) return { kind: 'block', head, opener: own, endsAtBlank: false };
  if (restOfLine(view).trim() !== '') return { kind: 'lines', count: head };
  return { kind: 'block', head, opener: own - 1, endsAtBlank: true };
}

function takeBlock(lines: readonly string[], known: number, block: Block, context: ShapeContext): Filtered {
  const taken = lines.slice(0, block.head);
  const head = headOf(lines, block, context);
  for (let index = block.head; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const isWhole = index < known;
    if (index >= MAX_LINES) return ended(taken);
    if (line.trim() === '') {
      const isBetween = index < lines.length - 1;
      if (isBetween && (block.endsAtBlank || taken.at(-1)?.trim() === '')) return ended(taken);
      taken.push(line);
    } else if (indentationOf(line) > block.opener || isUnindented(line, head, context.language)) {
      taken.push(line);
    } else if (!isWhole) {
      if (!mayCloseBlock(line)) return ended(taken);
      taken.push(line);
    } else {
      if (!closesBlock(line)) return ended(taken);
      taken.push(line);
      // "} else {" ends a block and opens the next.
      if (!opensBlock(line, context.language) && !isMoreToClose(taken, lines.slice(index + 1), context))
        return ended(taken);
    }
  }
  return { text: taken.join('\n'), final: context.complete };
}

/** The line that opens the block: the last of the head, or the one above the cursor's where that one is blank. */
function headOf(lines: readonly string[], { head }: Block, context: ShapeContext): string {
  const { view } = context;
  if (linePrefix(view).trim() === '' && !lines.slice(0, head - 1).some((line) => line.trim() !== '')) {
    const above = codeAbove(context);
    return above.slice(above.lastIndexOf('\n') + 1);
  }
  return (head === 1 ? linePrefix(view) : '') + (lines[head - 1] ?? '');
}

/** The text above the cursor's line, up to the last line that is code. */
function codeAbove({ view: { prefix }, language }: ShapeContext): string {
  return upToCode(prefix.slice(0, prefix.lastIndexOf('\n') + 1), language);
}

/** Whether closers that follow the block's own close what nothing else in the document does, or may come to. */
function isMoreToClose(taken: readonly string[], rest: readonly string[], context: ShapeContext): boolean {
  const { open, closedBelow, whole } = surroundingsOf(context.view);
  const [next = ''] = rest;
  const mayCome = next.trim() === '' && rest.length === 1 && !context.complete;
  if (!whole || !(CLOSERS_LINE.test(next) || mayCome)) return false;
  const left = scanBrackets(taken.join('\n'), context.language, open).open;
  return closeAll(left, closedBelow).open.length > 0;
}

function ended(lines: readonly string[]): Filtered {
  return { text: lines.join('\n').trimEnd(), final: true };
}
