import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import type { ChatModel } from '../../core/ports/chatModel.ts';
import type { CodeIndex } from '../../core/ports/codeIndex.ts';
import type { DocumentRules } from '../../workspace/documentRules.ts';
import { COMPLETED_DOCUMENTS } from '../../workspace/documents.ts';
import { type CommandName, COMMANDS, CONTEXT_KEY } from './commandNames.ts';
import { decideCommands } from './decideCommands.ts';
import { lensesOf } from './lenses.ts';
import { Refactoring } from './refactoring.ts';
import { StartCommands } from './startCommands.ts';

export interface RewritingOptions {
  readonly model: ChatModel;
  readonly index: CodeIndex;
  readonly rules: DocumentRules;
  readonly log: Log;
}

/** Rewriting code in the editor: what the commands do, the lenses above a change, and the keys that decide on it. */
export class Rewriting implements Disposable {
  readonly commands: Readonly<Record<CommandName, (...args: unknown[]) => unknown>>;
  private readonly _store = new DisposableStore();
  private readonly _refactoring: Refactoring;
  private _shown: string | undefined;

  constructor({ model, index, rules, log }: RewritingOptions) {
    this._refactoring = this._store.add(new Refactoring(model, log));
    const start = new StartCommands(this._refactoring, index, rules);
    this.commands = {
      [COMMANDS.refactor]: () => start.refactor(),
      [COMMANDS.document]: () => start.document(),
      [COMMANDS.generateTests]: () => start.generateTests(),
      [COMMANDS.fix]: (uri, range, problems) => start.fix(uri, range, problems),
      ...decideCommands(this._refactoring),
    };
    this._store.add(
      vscode.languages.registerCodeLensProvider(COMPLETED_DOCUMENTS, {
        onDidChangeCodeLenses: this._refactoring.onDidChange,
        provideCodeLenses: (document) => {
          const session = this._refactoring.sessionOf(document);
          return session ? lensesOf(document, session) : [];
        },
      }),
    );
    this._store.add(this._refactoring.onDidChange(() => this.tellKeys()));
    this._store.add(vscode.window.onDidChangeActiveTextEditor(() => this.tellKeys()));
  }

  dispose(): void {
    this._store.dispose();
  }

  private tellKeys(): void {
    const state = this._refactoring.sessionOf(vscode.window.activeTextEditor?.document)?.state;
    if (state === this._shown) return;
    this._shown = state;
    void vscode.commands.executeCommand('setContext', CONTEXT_KEY, state);
  }
}
