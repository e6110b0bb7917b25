import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import type { Attached } from '../../core/chat/attached.ts';
import type { ChatModel } from '../../core/ports/chatModel.ts';
import type { CodeIndex } from '../../core/ports/codeIndex.ts';
import type { ConversationStore } from '../../core/ports/conversationStore.ts';
import type { SourceTexts } from '../../core/ports/sourceTexts.ts';
import type { DocumentRules } from '../../workspace/documentRules.ts';
import { attachRange } from './attachRange.ts';
import { ChangePreview } from './changePreview.ts';
import { ChatController } from './chatController.ts';
import { CHAT_VIEW, type ChatCommand } from './chatNames.ts';
import { ChatViewProvider } from './chatViewProvider.ts';
import { codeAtCursor } from './codeAtCursor.ts';
import { VscodeChatEditor } from './vscodeChatEditor.ts';

export interface ChatOptions {
  readonly model: ChatModel;
  /** Whether counting tokens would not load the model. */
  readonly isReady: () => boolean;
  readonly index: CodeIndex;
  readonly texts: SourceTexts;
  readonly rules: DocumentRules;
  readonly store: KeptConversations;
  /** See `ChatParts`. */
  readonly resumes: boolean;
  /** Where the extension is installed: the page is in its `dist/webview`. */
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
}

/** A store that writes later, and what waits for that when it is disposed of. */
interface KeptConversations extends ConversationStore, Disposable {
  flush(): Promise<void>;
}

/** The chat behind its view and its commands. */
export class Chat implements Disposable {
  readonly commands: Readonly<Record<ChatCommand, () => unknown>>;
  private readonly _store = new DisposableStore();
  private readonly _conversations: KeptConversations;
  private readonly _controller: ChatController;
  private readonly _view: ChatViewProvider;

  constructor(options: ChatOptions) {
    const { texts, rules, extensionUri, ...parts } = options;
    // Disposed of last: what the others stop is written by it.
    this._conversations = this._store.add(options.store);
    const preview = this._store.add(new ChangePreview(parts.log));
    const editor = this._store.add(new VscodeChatEditor(texts, rules, preview));
    this._controller = this._store.add(
      new ChatController({
        ...parts,
        texts,
        editor,
        newId: () => crypto.randomUUID(),
        nowMs: () => Date.now(),
      }),
    );
    this._view = new ChatViewProvider(extensionUri, this._controller);
    this.commands = {
      'deepwell.chat.open': () => this.show(),
      'deepwell.chat.new': async () => {
        await this.show();
        await this._controller.newConversation();
      },
      'deepwell.chat.attach': async () => {
        const attached = await attachCode(texts);
        if (!attached) return;
        this._controller.attach(attached);
        await this.show();
      },
      'deepwell.chat.stop': () => this._controller.stop(),
      'deepwell.chat.applyChange': () => preview.decideActive(true),
      'deepwell.chat.discardChange': () => preview.decideActive(false),
      'deepwell.explain': async () => {
        const attached = await attachCode(texts);
        if (!attached) return;
        await this.show();
        await this._controller.ask('/explain', [attached]);
      },
    };
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this._view.resolveWebviewView(view);
  }

  /** Nothing of it is written any more, until somebody asks something. */
  async forget(): Promise<void> {
    await this._controller.forget();
    await this._conversations.flush();
  }

  dispose(): void {
    this._store.dispose();
  }

  private async show(): Promise<void> {
    await vscode.commands.executeCommand(`${CHAT_VIEW}.focus`);
    this._controller.focus();
  }
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
