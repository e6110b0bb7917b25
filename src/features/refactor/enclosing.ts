import * as vscode from 'vscode';
import { LATE, within } from '../../base/within.ts';
import { withoutBlankEnds } from '../../core/refactor/passage.ts';

/** Lines `start` to before `end`, from 0. */
export interface Lines {
  readonly start: number;
  readonly end: number;
}

/** A language server that takes longer is not waited for. */
const LONGEST_WAIT_MS = 1_500;

/** What is worth a rewrite or a test of its own. */
const KINDS: readonly vscode.SymbolKind[] = [
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Constructor,
  vscode.SymbolKind.Class,
  vscode.SymbolKind.Interface,
  vscode.SymbolKind.Struct,
  vscode.SymbolKind.Enum,
];

/** The lines that a user means by a selection, without blank ones around them: without one, the definition around the cursor, or its line. */
export async function linesMeant(
  document: vscode.TextDocument,
  selection: vscode.Selection,
): Promise<Lines | undefined> {
  const meant = selection.isEmpty
    ? ((await definitionAround(document, selection)) ?? wholeLines(selection))
    : wholeLines(selection);
  return textIn(document, meant);
}

/** The smallest definition that holds a range and has at most so many lines; undefined where nobody knows of one. */
export async function definitionAround(
  document: vscode.TextDocument,
  range: vscode.Range,
  mostLines = Number.POSITIVE_INFINITY,
): Promise<Lines | undefined> {
  const asking = Promise.resolve(
    vscode.commands.executeCommand<(vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    ),
  ).catch(() => undefined);
  const found = await within(asking, LONGEST_WAIT_MS);
  if (found === undefined || found === LATE) return undefined;
  const around = allOf(found)
    .filter(({ kind, range: own }) => KINDS.includes(kind) && own.contains(range))
    .map(({ range: { start, end } }) => ({ start: start.line, end: end.line + 1 }))
    .filter(({ start, end }) => end - start <= mostLines)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  return around[0];
}

/** A selection that ends before the first character of a line does not mean that line. */
export function wholeLines({ start, end }: vscode.Range): Lines {
  const isBefore = end.character === 0 && end.line > start.line;
  return { start: start.line, end: isBefore ? end.line : end.line + 1 };
}

/** Undefined: all of the lines are blank. */
export function textIn(document: vscode.TextDocument, { start, end }: Lines): Lines | undefined {
  const lines = Array.from({ length: end - start }, (_, index) => document.lineAt(start + index).text);
  const text = withoutBlankEnds(lines);
  return text.start === text.end ? undefined : { start: start + text.start, end: start + text.end };
}

function allOf(
  symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[],
): { kind: vscode.SymbolKind; range: vscode.Range }[] {
  return symbols.flatMap((symbol) => {
    if (!('children' in symbol)) return [{ kind: symbol.kind, range: symbol.location.range }];
    return [{ kind: symbol.kind, range: symbol.range }, ...allOf(symbol.children)];
  });
}
