import * as vscode from 'vscode';
import { type CommandName, COMMANDS } from './commandNames.ts';
import type { Refactoring } from './refactoring.ts';
import type { RefactorSession } from './session.ts';

type Run = (uri?: unknown, line?: unknown) => unknown;

/** What is done about a change that is there. Lenses say of which document and line; keys mean the cursor. */
export function decideCommands(refactoring: Refactoring) {
  const sessionOf = (uri: unknown): RefactorSession | undefined => {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    const named = visibleTextEditors.find(({ document }) => document.uri.toString() === String(uri));
    return refactoring.sessionOf((named ?? activeTextEditor)?.document);
  };
  const decide =
    (isAccepted: boolean) =>
    async (uri?: unknown, line?: unknown): Promise<void> => {
      const isNamed = typeof line === 'number';
      const next = await sessionOf(uri)?.decide(isNamed ? line : cursorLine(), isAccepted);
      // By keys, one goes on to the next.
      if (!isNamed && next !== undefined) goTo(next);
    };
  const goBy = (direction: 1 | -1) => (): void => {
    const starts = sessionOf(undefined)?.hunks.map(({ start }) => start) ?? [];
    const at = cursorLine();
    const next = direction > 0 ? starts.find((start) => start > at) : starts.findLast((start) => start < at);
    const target = next ?? starts.at(direction > 0 ? 0 : -1);
    if (target !== undefined) goTo(target);
  };
  return {
    [COMMANDS.stop]: (uri) => sessionOf(uri)?.stop(),
    [COMMANDS.acceptAll]: (uri) => sessionOf(uri)?.acceptAll(),
    [COMMANDS.rejectAll]: (uri) => sessionOf(uri)?.discard(),
    [COMMANDS.acceptChange]: decide(true),
    [COMMANDS.rejectChange]: decide(false),
    [COMMANDS.nextChange]: goBy(1),
    [COMMANDS.previousChange]: goBy(-1),
  } satisfies Partial<Record<CommandName, Run>>;
}

function cursorLine(): number {
  return vscode.window.activeTextEditor?.selection.active.line ?? 0;
}

function goTo(line: number): void {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const place = new vscode.Range(line, 0, line, 0);
  editor.selection = new vscode.Selection(place.start, place.end);
  editor.revealRange(place, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
