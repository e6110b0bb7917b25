import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { COMPLETED_DOCUMENTS } from '../../workspace/documents.ts';
import { LoadedLater } from '../../workspace/loadedLater.ts';
import type { Chat } from './chat.ts';
import { CHAT_COMMANDS, CHAT_VIEW } from './chatNames.ts';
import { EXPLAIN_KIND, ExplainAction } from './explainAction.ts';

/** The chat: its view, its commands, and the code action that explains. The first of them that is used loads the rest. */
export function registerChat(load: () => Promise<Chat>): Disposable {
  const store = new DisposableStore();
  const chat = store.add(new LoadedLater(load));
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
