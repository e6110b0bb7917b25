import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import type { Attached } from '../../core/chat/attached.ts';
import type { ChatModel } from '../../core/ports/chatModel.ts';
import type { CodeIndex } from '../../core/ports/codeIndex.ts';
import type { ConversationStore } from '../../core/ports/conversationStore.ts';
import type { SourceTexts } from '../../core/ports/sourceTexts.ts';
import type { DocumentRules } from '../../workspace/documentRules.ts';
import { COMPLETED_DOCUMENTS } from '../../workspace/documents.ts';
import { attachRange } from './attachRange.ts';
import { ChangePreview } from './changePreview.ts';
import { ChatController } from './chatController.ts';
import { CHAT_VIEW, ChatViewProvider } from './chatViewProvider.ts';
import { codeAtCursor } from './codeAtCursor.ts';
import { EXPLAIN_KIND, ExplainAction } from './explainAction.ts';
import { VscodeChatEditor } from './vscodeChatEditor.ts';

export interface ChatOptions {
  readonly model: ChatModel;
  /** Whether counting tokens would not load the model. */
  readonly isReady: () => boolean;
  readonly index: CodeIndex;
  readonly texts: SourceTexts;
  readonly rules: DocumentRules;
  readonly store: ConversationStore;
  /** Where the extension is installed: the page is in its `dist/webview`. */
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
}

/** The chat: its view, its commands, and the code action that explains. */
export function registerChat(options: ChatOptions): Disposable {
  const { texts, rules, extensionUri, ...parts } = options;
  const store = new DisposableStore();
  const preview = store.add(new ChangePreview(parts.log));
  const editor = store.add(new VscodeChatEditor(texts, rules, preview));
  const controller = store.add(
    new ChatController({
      ...parts,
      texts,
      editor,
      newId: () => crypto.randomUUID(),
      nowMs: () => Date.now(),
    }),
  );
  const on = (name: string, run: () => unknown): void => {
    store.add(vscode.commands.registerCommand(`deepwell.${name}`, run));
  };
  const show = async (): Promise<void> => {
    await vscode.commands.executeCommand(`${CHAT_VIEW}.focus`);
    controller.focus();
  };
  on('chat.open', show);
  on('chat.new', async () => {
    await show();
    await controller.newConversation();
  });
  on('chat.attach', async () => {
    const attached = await attachCode(texts);
    if (!attached) return;
    controller.attach(attached);
    await show();
  });
  on('chat.stop', () => controller.stop());
  on('chat.applyChange', () => preview.decideActive(true));
  on('chat.discardChange', () => preview.decideActive(false));
  on('explain', async () => {
    const attached = await attachCode(texts);
    if (!attached) return;
    await show();
    await controller.ask('/explain', [attached]);
  });
  store.add(
    vscode.window.registerWebviewViewProvider(CHAT_VIEW, new ChatViewProvider(extensionUri, controller)),
  );
  store.add(
    vscode.languages.registerCodeActionsProvider(COMPLETED_DOCUMENTS, new ExplainAction(), {
      providedCodeActionKinds: [EXPLAIN_KIND],
    }),
  );
  return store;
}

/** The code that the user points at; says so where there is none, or where it must not be shown to a model. */
async function attachCode(texts: SourceTexts): Promise<Attached | undefined> {
  const { t } = vscode.l10n;
  const editor = vscode.window.activeTextEditor;
  const range = editor && (await codeAtCursor(editor));
  if (!range) {
    void vscode.window.showInformationMessage(t('Select some code first.'));
    return undefined;
  }
  const attached = await attachRange(editor.document, range, texts);
  if (!attached) {
    void vscode.window.showWarningMessage(
      t('Deepwell shows nothing of this file to a model: its name or an ignore file keeps it out.'),
    );
  }
  return attached;
}
