import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { COMPLETED_DOCUMENTS } from '../../workspace/documents.ts';
import type { LoadedLater } from '../../workspace/loadedLater.ts';
import { RefactorActions } from './codeActions.ts';
import { type CommandName, COMMANDS } from './commandNames.ts';
import type { Rewriting } from './rewriting.ts';

/** Rewriting code in the editor: its commands and code actions. What they do is loaded with the first. */
export function registerRefactor(rewriting: LoadedLater<CommandName, Rewriting>): Disposable {
  const store = new DisposableStore();
  store.add(rewriting.registerCommands(Object.values(COMMANDS)));
  store.add(
    vscode.languages.registerCodeActionsProvider(
      COMPLETED_DOCUMENTS,
      new RefactorActions(),
      RefactorActions.metadata,
    ),
  );
  return store;
}
