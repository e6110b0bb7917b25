import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import type { ChatModel } from '../../core/ports/chatModel.ts';
import type { CodeIndex } from '../../core/ports/codeIndex.ts';
import type { DocumentRules } from '../../workspace/documentRules.ts';
import { COMPLETED_DOCUMENTS } from '../../workspace/documents.ts';
import { RefactorActions } from './codeActions.ts';
import { COMMANDS, CONTEXT_KEY } from './commandNames.ts';
import { decideCommands } from './decideCommands.ts';
import { lensesOf } from './lenses.ts';
import { Refactoring } from './refactoring.ts';
import { StartCommands } from './startCommands.ts';

export interface RefactorOptions {
  readonly model: ChatModel;
  readonly index: CodeIndex;
  readonly rules: DocumentRules;
  readonly log: Log;
}

/** Rewriting code in the editor: commands, code actions, the lenses above a change. Nothing is done before a command is. */
export function registerRefactor({ model, index, rules, log }: RefactorOptions): Disposable {
  const store = new DisposableStore();
  const refactoring = store.add(new Refactoring(model, log));
  const start = new StartCommands(refactoring, index, rules);
  const on = <A extends unknown[]>(name: string, run: (...args: A) => unknown): void => {
    store.add(vscode.commands.registerCommand(name, run));
  };
  on(COMMANDS.refactor, () => start.refactor());
  on(COMMANDS.document, () => start.document());
  on(COMMANDS.generateTests, () => start.generateTests());
  on(COMMANDS.fix, (uri?: unknown, range?: unknown, problems?: unknown) => start.fix(uri, range, problems));
  for (const [name, run] of decideCommands(refactoring)) on(name, run);

  store.add(
    vscode.languages.registerCodeLensProvider(COMPLETED_DOCUMENTS, {
      onDidChangeCodeLenses: refactoring.onDidChange,
      provideCodeLenses: (document) => {
        const session = refactoring.sessionOf(document);
        return session ? lensesOf(document, session) : [];
      },
    }),
  );
  store.add(
    vscode.languages.registerCodeActionsProvider(
      COMPLETED_DOCUMENTS,
      new RefactorActions(),
      RefactorActions.metadata,
    ),
  );

  let shown: string | undefined;
  const tellKeys = (): void => {
    const state = refactoring.sessionOf(vscode.window.activeTextEditor?.document)?.state;
    if (state === shown) return;
    shown = state;
    void vscode.commands.executeCommand('setContext', CONTEXT_KEY, state);
  };
  store.add(refactoring.onDidChange(tellKeys));
  store.add(vscode.window.onDidChangeActiveTextEditor(tellKeys));
  return store;
}
