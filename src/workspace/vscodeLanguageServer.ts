import * as vscode from 'vscode';
import { LATE, within } from '../base/within.ts';
import type { DefinedAt, LanguageServer } from '../core/ports/languageServer.ts';

/** A server that takes longer is still starting, or busy with what the user asked of it. */
const LONGEST_WAIT_MS = 1_000;

/** Whatever language servers are there, through VS Code. */
export class VscodeLanguageServer implements LanguageServer {
  async definitionsAt(
    uri: string,
    line: number,
    character: number,
    signal: AbortSignal,
  ): Promise<readonly DefinedAt[]> {
    if (signal.aborted) return [];
    const asking = Promise.resolve(
      vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[] | undefined>(
        'vscode.executeDefinitionProvider',
        vscode.Uri.parse(uri),
        new vscode.Position(line, character),
      ),
    ).catch(() => undefined);
    const found = await within(asking, LONGEST_WAIT_MS);
    return found === undefined || found === LATE ? [] : found.map(definedAt);
  }
}

function definedAt(found: vscode.Location | vscode.LocationLink): DefinedAt {
  if (!('targetUri' in found)) {
    return { uri: found.uri.toString(), firstLine: found.range.start.line, endLine: undefined };
  }
  const { targetUri, targetRange } = found;
  const isWhole = targetRange.end.line > targetRange.start.line;
  return {
    uri: targetUri.toString(),
    firstLine: targetRange.start.line,
    endLine: isWhole ? targetRange.end.line + 1 : undefined,
  };
}
