import * as vscode from 'vscode';
import type { RefactorSession } from './session.ts';
import { COMMANDS } from './commandNames.ts';

/** What can be decided, in the lines above what it is about. */
export function lensesOf(document: vscode.TextDocument, session: RefactorSession): vscode.CodeLens[] {
  const { t } = vscode.l10n;
  const { firstLine } = session.proposal;
  const at = (line: number, title: string, command = '', ...rest: unknown[]): vscode.CodeLens => {
    const range = new vscode.Range(line, 0, line, 0);
    return new vscode.CodeLens(range, { title, command, arguments: command ? [document.uri, ...rest] : [] });
  };
  if (session.state === 'writing') {
    return [
      at(firstLine, `$(loading~spin) ${t('Deepwell is writing…')}`),
      at(firstLine, t('Stop'), COMMANDS.stop),
    ];
  }
  if (session.state === 'ended') return [];
  const { hunks } = session;
  const each = hunks.flatMap(({ start }) => [
    at(start, `$(check) ${t('Accept')}`, COMMANDS.acceptChange, start),
    at(start, `$(discard) ${t('Reject')}`, COMMANDS.rejectChange, start),
  ]);
  if (hunks.length === 1) return each;
  const rejectAll = at(firstLine, `$(clear-all) ${t('Reject All')}`, COMMANDS.rejectAll);
  // Stopped before anything new was written: what is left is to end it.
  if (hunks.length === 0) return [rejectAll];
  const acceptAll = `$(check-all) ${t('Accept All {0} Changes', hunks.length)}`;
  return [at(firstLine, acceptAll, COMMANDS.acceptAll), rejectAll, ...each];
}
