import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { Emitter } from '../../base/emitter.ts';
import type { Attached } from '../../core/chat/attached.ts';
import { insertedText } from '../../core/chat/insertedText.ts';
import type { SourceTexts } from '../../core/ports/sourceTexts.ts';
import type { DocumentRules } from '../../workspace/documentRules.ts';
import { isCompleted } from '../../workspace/documents.ts';
import { pathOf } from '../../workspace/viewOf.ts';
import { workspaceFile } from '../../workspace/workspaceFile.ts';
import { workspaceInstructions } from '../../workspace/workspaceInstructions.ts';
import { attachRange } from './attachRange.ts';
import type { ChangePreview } from './changePreview.ts';
import type { ChatEditor, OpenFile } from './chatEditor.ts';

/** Who selects by the mouse or the arrow keys selects something else many times a second. */
const REST_MS = 200;

/** VS Code as the chat's {@link ChatEditor}. */
export class VscodeChatEditor implements ChatEditor, Disposable {
  private readonly _texts: SourceTexts;
  private readonly _rules: DocumentRules;
  private readonly _preview: ChangePreview;
  private readonly _store = new DisposableStore();
  private readonly _selected = this._store.add(new Emitter<void>());
  private _timer: NodeJS.Timeout | undefined;

  readonly onDidChangeSelection = this._selected.event;

  constructor(texts: SourceTexts, rules: DocumentRules, preview: ChangePreview) {
    this._texts = texts;
    this._rules = rules;
    this._preview = preview;
    const later = (): void => {
      clearTimeout(this._timer);
      this._timer = setTimeout(() => this._selected.fire(), REST_MS);
    };
    this._store.add(vscode.window.onDidChangeTextEditorSelection(later));
    this._store.add(vscode.window.onDidChangeActiveTextEditor(later));
  }

  async selection(): Promise<Attached | undefined> {
    const editor = vscode.window.activeTextEditor;
    if (!editor || editor.selection.isEmpty) return undefined;
    return attachRange(editor.document, editor.selection, this._texts);
  }

  openFiles(): readonly OpenFile[] {
    const active = vscode.window.activeTextEditor?.document;
    const shown = vscode.window.visibleTextEditors.map(({ document }) => document);
    const documents = new Set([...(active ? [active] : []), ...shown, ...vscode.workspace.textDocuments]);
    return [...documents].filter(isCompleted).map(({ uri }) => ({ uri: uri.toString(), path: pathOf(uri) }));
  }

  instructions(): Promise<string> {
    return workspaceInstructions(this._rules);
  }

  async findFile(path: string): Promise<string | undefined> {
    return (await workspaceFile(path))?.toString();
  }

  async pickFile(files: readonly OpenFile[]): Promise<OpenFile | undefined> {
    const { t } = vscode.l10n;
    if (files.length === 0) {
      this.warn(t('Open the file that this code belongs to first.'));
      return undefined;
    }
    const items = files.map((file) => ({ label: file.path, file }));
    const picked = await vscode.window.showQuickPick(items, {
      placeHolder: t('Which file does this code belong to?'),
    });
    return picked?.file;
  }

  proposeChange(uri: string, change: (text: string) => string | undefined): Promise<boolean> {
    return this._preview.propose(vscode.Uri.parse(uri), change);
  }

  async copy(text: string): Promise<void> {
    await vscode.env.clipboard.writeText(text);
  }

  async insertAtCursor(text: string): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) return this.warn(vscode.l10n.t('Open a file first: there is no cursor to insert at.'));
    const { document, selection } = editor;
    const before = document.lineAt(selection.start.line).text.slice(0, selection.start.character);
    const isDone = await editor.edit((edit) => edit.replace(selection, insertedText(text, before)));
    if (!isDone)
      return this.warn(vscode.l10n.t('The code could not be inserted: the file cannot be changed.'));
    await vscode.window.showTextDocument(document, editor.viewColumn);
  }

  async newFile(content: string, languageId: string): Promise<void> {
    const known = await vscode.languages.getLanguages();
    const language = known.includes(languageId) ? languageId : 'plaintext';
    const document = await vscode.workspace.openTextDocument({ content: `${content.trimEnd()}\n`, language });
    await vscode.window.showTextDocument(document);
  }

  async showMarkdown(content: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ content, language: 'markdown' });
    await vscode.window.showTextDocument(document);
  }

  async openFile(uri: string, line: number): Promise<void> {
    const at = new vscode.Position(Math.max(0, line - 1), 0);
    const options: vscode.TextDocumentShowOptions = line > 0 ? { selection: new vscode.Range(at, at) } : {};
    // Shows what is no text as well.
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(uri), options);
  }

  async openLink(href: string): Promise<void> {
    const { t } = vscode.l10n;
    const url = URL.canParse(href) ? new URL(href) : undefined;
    if (!url || !['http:', 'https:'].includes(url.protocol)) {
      return this.warn(t('Deepwell opens web pages only, not {0}.', href.slice(0, 100)));
    }
    const open = t('Open');
    // As the browser reads it: a name that only looks like another shows.
    const detail = t('{0}\n\nThe link was written by the model.', url.href);
    const message = t('Open {0} in the browser?', url.host);
    const picked = await vscode.window.showInformationMessage(message, { modal: true, detail }, open);
    if (picked === open) await vscode.env.openExternal(vscode.Uri.parse(url.href, true));
  }

  async confirm(question: string, yes: string): Promise<boolean> {
    return (await vscode.window.showWarningMessage(question, { modal: true }, yes)) === yes;
  }

  warn(message: string): void {
    void vscode.window.showWarningMessage(message);
  }

  dispose(): void {
    clearTimeout(this._timer);
    this._store.dispose();
  }
}
