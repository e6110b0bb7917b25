import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import { changedLines } from '../../core/chat/changedLines.ts';

export const CHANGE_SCHEME = 'deepwell-change';

interface Proposal {
  readonly text: string;
  readonly decide: (isWanted: boolean) => void;
}

/**
 * Changes of files, each shown as a diff before it is written: the file on the left, what it would be on the right. The user
 * decides by the buttons of the message or of the diff's title; closing the diff means no.
 */
export class ChangePreview implements Disposable, vscode.TextDocumentContentProvider {
  private readonly _store = new DisposableStore();
  private readonly _proposals = new Map</* uri of the right side */ string, Proposal>();
  private readonly _log: Log;
  private _count = 0;

  constructor(log: Log) {
    this._log = log;
    this._store.add(vscode.workspace.registerTextDocumentContentProvider(CHANGE_SCHEME, this));
    this._store.add(
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const tab of closed) this.proposalOf(tab)?.decide(false);
      }),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this._proposals.get(uri.toString())?.text ?? '';
  }

  /**
   * Resolves with false where `change` finds no place in the file, otherwise as soon as the diff is shown.
   * @param change from the file's text to the new one, LF between lines.
   */
  async propose(uri: vscode.Uri, change: (text: string) => string | undefined): Promise<boolean> {
    const document = await vscode.workspace.openTextDocument(uri);
    const before = textOf(document);
    const after = change(before);
    if (after === undefined) return false;
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    if (after === before) {
      void vscode.window.showInformationMessage(vscode.l10n.t('{0} has this code already.', name));
      return true;
    }
    const proposed = vscode.Uri.from({ scheme: CHANGE_SCHEME, path: uri.path, query: String(++this._count) });
    const decision = new Promise<boolean>((decide) => {
      this._proposals.set(proposed.toString(), { text: after, decide });
    });
    const title = vscode.l10n.t('{0}: change from the chat', name);
    await vscode.commands.executeCommand('vscode.diff', uri, proposed, title, { preview: false });
    this.finish(document, proposed, change, decision).catch((error: unknown) => {
      this._log.error('A change could not be written', error);
    });
    this.askFor(proposed, name);
    return true;
  }

  /** Of the diff that is active. */
  decideActive(isWanted: boolean): void {
    this.proposalOf(vscode.window.tabGroups.activeTabGroup.activeTab)?.decide(isWanted);
  }

  dispose(): void {
    for (const { decide } of this._proposals.values()) decide(false);
    this._store.dispose();
  }

  private askFor(proposed: vscode.Uri, name: string): void {
    const apply = vscode.l10n.t('Apply');
    const discard = vscode.l10n.t('Discard');
    const message = vscode.l10n.t('Apply this change to {0}?', name);
    void vscode.window.showInformationMessage(message, apply, discard).then((picked) => {
      // Dismissing the message decides nothing: the buttons of the diff are still there.
      if (picked !== undefined) this._proposals.get(proposed.toString())?.decide(picked === apply);
    });
  }

  private async finish(
    document: vscode.TextDocument,
    proposed: vscode.Uri,
    change: (text: string) => string | undefined,
    decision: Promise<boolean>,
  ): Promise<void> {
    const isWanted = await decision;
    const key = proposed.toString();
    if (isWanted && !(await write(document, change))) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('The file has changed meanwhile, and the code has no place in it any more.'),
      );
    }
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter((tab) => rightOf(tab) === key);
    this._proposals.delete(key);
    await vscode.window.tabGroups.close(tabs);
    if (isWanted) await vscode.window.showTextDocument(document, { preview: false });
  }

  private proposalOf(tab: vscode.Tab | undefined): Proposal | undefined {
    const right = tab && rightOf(tab);
    return right === undefined ? undefined : this._proposals.get(right);
  }
}

function rightOf({ input }: vscode.Tab): string | undefined {
  return input instanceof vscode.TabInputTextDiff ? input.modified.toString() : undefined;
}

/** As one edit of the fewest lines, which undo takes back at once; false where there is no place for it any more. */
async function write(
  document: vscode.TextDocument,
  change: (text: string) => string | undefined,
): Promise<boolean> {
  const before = textOf(document);
  const after = change(before);
  if (after === undefined) return false;
  const changed = changedLines(before, after);
  if (!changed) return true;
  const { from, end, lines } = changed;
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const edit = new vscode.WorkspaceEdit();
  if (end < document.lineCount) {
    const text = lines.map((line) => line + eol).join('');
    edit.replace(document.uri, new vscode.Range(from, 0, end, 0), text);
  } else {
    // To the end of the file: the line end before goes with what it ends.
    const start = from === 0 ? new vscode.Position(0, 0) : document.lineAt(from - 1).range.end;
    const text = lines.map((line, at) => (from === 0 && at === 0 ? line : eol + line)).join('');
    edit.replace(
      document.uri,
      new vscode.Range(start, document.lineAt(document.lineCount - 1).range.end),
      text,
    );
  }
  return vscode.workspace.applyEdit(edit);
}

function textOf(document: vscode.TextDocument): string {
  return document.getText().replaceAll('\r\n', '\n');
}
