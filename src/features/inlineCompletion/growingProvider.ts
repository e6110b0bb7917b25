import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import type { Completer } from '../../core/completion/completer.ts';
import { COMPLETED_DOCUMENTS } from '../../workspace/documents.ts';
import type { InlineCompletionProvider } from './provider.ts';

/**
 * Registers the provider, and anew each time there is more of the text on the screen: for a provider that it has not
 * asked yet VS Code asks again, and lets the longer answer take the shorter one's place without a blank in between. A
 * trigger alone is ignored while ghost text is shown, and an explicit one only adds an alternative.
 */
export class GrowingProvider implements Disposable {
  private readonly _provider: InlineCompletionProvider;
  private readonly _extensionId: string;
  private readonly _log: Log;
  private readonly _store = new DisposableStore();
  private _registration: Disposable;

  constructor(completer: Completer, provider: InlineCompletionProvider, extensionId: string, log: Log) {
    this._provider = provider;
    this._extensionId = extensionId;
    this._log = log;
    this._registration = this.register();
    this._store.add(
      completer.onDidGrow(({ uri }) => {
        if (vscode.window.activeTextEditor?.document.uri.toString() === uri) this.askAgain();
      }),
    );
  }

  dispose(): void {
    this._store.dispose();
    this._registration.dispose();
  }

  private register(): Disposable {
    return vscode.languages.registerInlineCompletionItemProvider(COMPLETED_DOCUMENTS, this._provider);
  }

  private askAgain(): void {
    const previous = this._registration;
    // Never without one: what is shown belongs to a provider.
    this._registration = this.register();
    previous.dispose();
    vscode.commands
      .executeCommand('editor.action.inlineSuggest.trigger', {
        explicit: false,
        providerId: this._extensionId,
      })
      .then(undefined, (error: unknown) => this._log.error('A suggestion could not grow', error));
  }
}
