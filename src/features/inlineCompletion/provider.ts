import * as vscode from 'vscode';
import type { Completer } from '../../core/completion/completer.ts';
import type { Placement } from '../../core/completion/placement.ts';
import { ModelUnavailable } from '../../core/ports/model.ts';
import type { Log } from '../../base/log.ts';
import { viewOf } from '../../workspace/viewOf.ts';

/** VS Code's question for ghost text, handed to the completer and answered with an explicit range. */
export class InlineCompletionProvider implements vscode.InlineCompletionItemProvider {
  private readonly _completer: Completer;
  private readonly _log: Log;

  constructor(completer: Completer, log: Log) {
    this._completer = completer;
    this._log = log;
  }

  async provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[] | undefined> {
    const trigger =
      context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke ? 'explicit' : 'automatic';
    const selected = context.selectedCompletionInfo;
    const cancel = new AbortController();
    const listener = token.onCancellationRequested(() => cancel.abort());
    try {
      const view = viewOf(document, position, this._completer.prefixChars, selected);
      // Who asks for what is shown already wants to see what else there is.
      const isMoreWanted = trigger === 'explicit' && this._completer.known(view) !== undefined;
      const placement = await this._completer.provide(view, trigger, cancel.signal);
      if (!placement) return undefined;
      const others = isMoreWanted ? await this._completer.alternatives(view, placement, cancel.signal) : [];
      if (token.isCancellationRequested || !isCursorAt(document, position)) return undefined;
      return [placement, ...others].map((each) => itemAt(position, each, selected));
    } catch (error) {
      // Without a model there is nothing to show here; the status bar and its message say so.
      if (!(error instanceof ModelUnavailable)) this._log.error('A completion failed', error);
      return undefined;
    } finally {
      listener.dispose();
    }
  }
}

function itemAt(
  position: vscode.Position,
  { text, replaceChars }: Placement,
  selected: vscode.SelectedCompletionInfo | undefined,
): vscode.InlineCompletionItem {
  const range = new vscode.Range(selected?.range.start ?? position, position.translate(0, replaceChars));
  return new vscode.InlineCompletionItem((selected?.text ?? '') + text, range);
}

/** An arrow key does not cancel a pending question, and its answer would appear where the cursor no longer is. */
function isCursorAt(document: vscode.TextDocument, position: vscode.Position): boolean {
  const editor = vscode.window.activeTextEditor;
  return editor?.document !== document || editor.selection.active.isEqual(position);
}
