import type treeSitter from '@vscode/tree-sitter-wasm';

/** Where in a block the cursor stands: its text is left out from there. */
export const PLACES = ['head end', 'in head', 'empty block'] as const;

/** A block taken out of a file. */
export interface BlockHole {
  readonly place: (typeof PLACES)[number];
  /** Offset of the cursor, and of where the file goes on, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** More lines than a suggestion has are no question. */
const MAX_LINES = 12;

const BLOCK =
  /^(?:statement_block|class_body|block|compound_statement|object|array|arguments|argument_list|switch_body|interface_body|object_type|enum_body|declaration_list|field_declaration_list|dictionary|list|literal_value)$/;
const COMMENT_LINE = /^\s*(?:#|\/\/|\/\*|\*)/;

/** Holes at all blocks that go over several lines; none where the file does not parse. */
export function blockHoles(text: string, root: treeSitter.Node): BlockHole[] {
  if (root.hasError) return [];
  const holes: BlockHole[] = [];
  const nodes = [root];
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    for (const child of node.namedChildren) if (child) nodes.push(child);
    if (BLOCK.test(node.type) && node.endPosition.row > node.startPosition.row)
      holes.push(...holesAt(text, node));
  }
  return holes;
}

function holesAt(text: string, node: treeSitter.Node): BlockHole[] {
  const hasBraces = '{[('.includes(text.charAt(node.startIndex));
  const open = hasBraces ? endOfLine(text, node.startIndex) : endOfHead(text, node.startIndex);
  const head = text.slice(text.lastIndexOf('\n', open - 1) + 1, open);
  const end = endOfLine(text, node.endIndex);
  const isWhole = /^[)\]};,\s]*$/.test(text.slice(node.endIndex, end));
  const opener = hasBraces ? text.slice(node.startIndex + 1, open).trim() : '';
  if (!isWhole || (opener !== '' && !COMMENT_LINE.test(opener))) return [];
  const holes: BlockHole[] = [{ place: 'head end', start: open, end }];
  const word = /^\s*\S+\s+/.exec(head)?.[0] ?? '';
  if (word !== '' && word.length < head.length)
    holes.push({ place: 'in head', start: open - head.length + word.length, end });
  const indentation = /^\n[ \t]*/.exec(text.slice(open))?.[0] ?? '';
  const last = hasBraces ? text.lastIndexOf('\n', node.endIndex - 1) : end;
  if (last > open + indentation.length) {
    holes.push({ place: 'empty block', start: open + indentation.length, end: last });
  }
  return holes.filter(({ start, end }) => text.slice(start, end).split('\n').length <= MAX_LINES);
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Of a block without an opening bracket: the last line above it that is no comment. */
function endOfHead(text: string, start: number): number {
  let end = text.lastIndexOf('\n', start - 1);
  while (end > 0 && COMMENT_LINE.test(text.slice(text.lastIndexOf('\n', end - 1) + 1, end))) {
    end = text.lastIndexOf('\n', end - 1);
  }
  return Math.max(0, end);
}
