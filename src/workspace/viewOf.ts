import * as vscode from 'vscode';
import { SUFFIX_WINDOW_CHARS, type View } from '../core/completion/view.ts';

/** The completion list's selected item, which stands in for what it would replace. */
export interface SelectedItem {
  readonly range: vscode.Range;
  readonly text: string;
}

/**
 * The document as the completion core sees it. With an item selected in the completion list, as if that item had been
 * accepted: VS Code shows only text that extends it.
 */
export function viewOf(
  document: vscode.TextDocument,
  cursor: vscode.Position,
  maxPrefixChars: number,
  selected?: SelectedItem,
): View {
  const end = selected?.range.start ?? cursor;
  const rawOffset = document.offsetAt(end);
  const start = document.positionAt(Math.max(0, rawOffset - maxPrefixChars)).with({ character: 0 });
  const below = document.positionAt(document.offsetAt(cursor) + SUFFIX_WINDOW_CHARS);
  const inserted = selected?.text ?? '';
  const isCrlf = document.eol === vscode.EndOfLine.CRLF;
  const read = (range: vscode.Range): string => {
    const text = document.getText(range);
    return isCrlf ? text.replaceAll('\r\n', '\n') : text;
  };
  return {
    uri: document.uri.toString(),
    path: pathOf(document.uri),
    languageId: document.languageId,
    // In the core every line end is one character.
    offset: rawOffset - (isCrlf ? end.line : 0) + inserted.length,
    prefix: read(new vscode.Range(start, end)) + inserted,
    firstLine: start.line,
    suffix: read(new vscode.Range(cursor, below)),
  };
}

/** A file's path for the model's eyes: relative to its workspace folder, with forward slashes. */
export function pathOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri, false).replaceAll('\\', '/');
}
