import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { ChatController } from './chatController.ts';
import { chatPage } from './page.ts';

/** Gives VS Code the chat's page whenever its view is shown. Of a hidden view VS Code destroys the page, and nothing is lost by it. */
export class ChatViewProvider implements vscode.WebviewViewProvider {
  private readonly _extensionUri: vscode.Uri;
  private readonly _controller: ChatController;

  constructor(extensionUri: vscode.Uri, controller: ChatController) {
    this._extensionUri = extensionUri;
    this._controller = controller;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { webview } = view;
    const folder = vscode.Uri.joinPath(this._extensionUri, 'dist', 'webview');
    const store = new DisposableStore();
    let page: Disposable | undefined;
    const connect = (): void => {
      page?.dispose();
      // Resolves with false where the page has gone meanwhile: the next one is told all.
      page = this._controller.connect((message) => void webview.postMessage(message));
    };
    store.add(webview.onDidReceiveMessage((message: unknown) => this._controller.receive(message)));
    store.add(
      view.onDidChangeVisibility(() => {
        // The page is gone. The next one says that it is there.
        if (!view.visible) connect();
      }),
    );
    view.onDidDispose(() => {
      page?.dispose();
      store.dispose();
    });
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    connect();
    const uriOf = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    webview.html = chatPage({
      scriptUri: uriOf('chat.js'),
      styleUri: uriOf('chat.css'),
      language: vscode.env.language,
    });
  }
}
