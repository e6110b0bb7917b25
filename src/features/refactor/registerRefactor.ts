import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { COMPLETED_DOCUMENTS } from '../../workspace/documents.ts';
import { LoadedLater } from '../../workspace/loadedLater.ts';
import { RefactorActions } from './codeActions.ts';
import { COMMANDS } from './commandNames.ts';
import type { Rewriting } from './rewriting.ts';

/** Rewriting code in the editor: its commands and code actions. The first command loads the rest. */
export function registerRefactor(load: () => Promise<Rewriting>): Disposable {
  const store = new DisposableStore();
  const rewriting = store.add(new LoadedLater(load));
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
