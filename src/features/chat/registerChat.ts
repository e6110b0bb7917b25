import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { COMPLETED_DOCUMENTS } from '../../workspace/documents.ts';
import type { LoadedLater } from '../../workspace/loadedLater.ts';
import type { Chat } from './chat.ts';
import { CHAT_COMMANDS, CHAT_VIEW, type ChatCommand } from './chatNames.ts';
import { EXPLAIN_KIND, ExplainAction } from './explainAction.ts';

/** The chat: its view, its commands, and the code action that explains. What is behind them is loaded when one is used. */
export function registerChat(chat: LoadedLater<ChatCommand, Chat>): Disposable {
  const store = new DisposableStore();
  store.add(chat.registerCommands(CHAT_COMMANDS));
  store.add(
    vscode.window.registerWebviewViewProvider(CHAT_VIEW, {
      resolveWebviewView: async (view) => (await chat.loaded()).resolveWebviewView(view),
    }),
  );
  store.add(
    vscode.languages.registerCodeActionsProvider(COMPLETED_DOCUMENTS, new ExplainAction(), {
      providedCodeActionKinds: [EXPLAIN_KIND],
    }),
  );
  return store;
}
