import * as vscode from 'vscode';
import type { Problem } from '../../core/refactor/fixInstruction.ts';
import { COMMANDS } from './commandNames.ts';

const REWRITE = vscode.CodeActionKind.RefactorRewrite.append('deepwell');

/** Rewriting where something is selected or refactorings were asked for, and a quick fix where there is a problem. */
export class RefactorActions implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = {
    providedCodeActionKinds: [REWRITE, vscode.CodeActionKind.QuickFix],
  };

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range | vscode.Selection,
    { diagnostics, only, triggerKind }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const { t } = vscode.l10n;
    const wants = (kind: vscode.CodeActionKind): boolean =>
      !only || only.contains(kind) || kind.contains(only);
    const actions: vscode.CodeAction[] = [];
    if (diagnostics.length > 0 && wants(vscode.CodeActionKind.QuickFix)) {
      const fix = action(t('Fix with Deepwell'), vscode.CodeActionKind.QuickFix, COMMANDS.fix, [
        document.uri,
        range,
        diagnostics.map((diagnostic) => problemOf(document, diagnostic)),
      ]);
      fix.diagnostics = [...diagnostics];
      actions.push(fix);
    }
    // The light bulb does not shine wherever the cursor stands.
    const isAsked = !range.isEmpty || triggerKind === vscode.CodeActionTriggerKind.Invoke;
    if (isAsked && wants(REWRITE)) {
      actions.push(
        action(t('Refactor with Deepwell…'), REWRITE, COMMANDS.refactor),
        action(t('Generate Documentation with Deepwell'), REWRITE, COMMANDS.document),
        action(t('Generate Tests with Deepwell'), REWRITE, COMMANDS.generateTests),
      );
    }
    return actions;
  }
}

export function problemOf(
  document: vscode.TextDocument,
  { range, message, source = '', code }: vscode.Diagnostic,
): Problem {
  const number = typeof code === 'object' ? code.value : code;
  const { line } = range.start;
  return {
    message,
    source: number === undefined ? source : `${source}(${number})`,
    code: line < document.lineCount ? document.lineAt(line).text : '',
  };
}

function action(
  title: string,
  kind: vscode.CodeActionKind,
  command: string,
  rest: unknown[] = [],
): vscode.CodeAction {
  const made = new vscode.CodeAction(title, kind);
  made.command = { title, command, arguments: rest };
  return made;
}
