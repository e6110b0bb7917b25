import * as vscode from 'vscode';

/** Kinds that are worth explaining by themselves. */
const KINDS: readonly vscode.SymbolKind[] = [
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Constructor,
  vscode.SymbolKind.Class,
  vscode.SymbolKind.Interface,
  vscode.SymbolKind.Enum,
  vscode.SymbolKind.Struct,
];

/** What the user means by "this code": the selection, else the innermost function or type around the cursor. */
export async function codeAtCursor(editor: vscode.TextEditor): Promise<vscode.Range | undefined> {
  const { document, selection } = editor;
  if (!selection.isEmpty) return selection;
  const symbols = await vscode.commands.executeCommand<(vscode.DocumentSymbol | vscode.SymbolInformation)[]>(
    'vscode.executeDocumentSymbolProvider',
    document.uri,
  );
  return innermost(symbols ?? [], selection.active);
}

function innermost(
  symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[],
  position: vscode.Position,
): vscode.Range | undefined {
  for (const symbol of symbols) {
    const range = 'range' in symbol ? symbol.range : symbol.location.range;
    if (!range.contains(position)) continue;
    const inside = 'children' in symbol ? innermost(symbol.children, position) : undefined;
    const own = KINDS.includes(symbol.kind) ? range : undefined;
    if (inside ?? own) return inside ?? own;
  }
  return undefined;
}
