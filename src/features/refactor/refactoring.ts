import * as vscode from 'vscode';
import { isCancelled } from '../../base/abort.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { Emitter, type Event } from '../../base/emitter.ts';
import type { Log } from '../../base/log.ts';
import { type ChatAnswer, ChatInterrupted, type ChatModel } from '../../core/ports/chatModel.ts';
import { ModelUnavailable } from '../../core/ports/model.ts';
import { fitPrompt } from '../../core/refactor/fitPrompt.ts';
import { editsToDecide } from '../../core/refactor/lineEdits.ts';
import { wholeOf } from '../../core/refactor/proposal.ts';
import { RefactorRefused } from '../../core/refactor/refactorRefused.ts';
import { textEdits } from '../../core/refactor/textEdits.ts';
import { Decorations } from './decorations.ts';
import { type Lines, textIn } from './enclosing.ts';
import type { RewriteTask } from './rewriteTask.ts';
import { RefactorSession } from './session.ts';
import { VscodeRefactorEditor } from './vscodeRefactorEditor.ts';

/** Made anew for each attempt: the document may have changed meanwhile. */
export type TaskMaker = (lines: Lines) => RewriteTask;

/** The changes that are being written or decided on, one at a time in each document. */
export class Refactoring implements Disposable {
  private readonly _model: ChatModel;
  private readonly _log: Log;
  private readonly _store = new DisposableStore();
  private readonly _changed = this._store.add(new Emitter<void>());
  private readonly _sessions = new Map</* uri */ string, RefactorSession>();
  private _decorations: Decorations | undefined;
  private _isWarned = false;
  private readonly _endedVersions = new WeakMap<RefactorSession, number>();

  readonly onDidChange: Event<void> = this._changed.event;

  constructor(model: ChatModel, log: Log) {
    this._model = model;
    this._log = log;
    this._store.add(vscode.window.onDidChangeVisibleTextEditors(() => this.drawAll()));
    this._store.add(
      vscode.window.onDidChangeActiveColorTheme(() => {
        this._decorations?.dispose();
        this._decorations = undefined;
        this.drawAll();
      }),
    );
    this._store.add(
      vscode.workspace.onWillSaveTextDocument((event) => {
        if (event.reason !== vscode.TextDocumentSaveReason.Manual) return;
        const session = this.sessionOf(event.document);
        if (session) event.waitUntil(decideForSave(session));
      }),
    );
    this._store.add(
      vscode.workspace.onWillSaveNotebookDocument((event) => {
        if (event.reason !== vscode.TextDocumentSaveReason.Manual) return;
        const cells = event.notebook.getCells().map(({ document }) => this.sessionOf(document));
        const sessions = cells.filter((session) => session !== undefined);
        if (sessions.length > 0) event.waitUntil(Promise.all(sessions.map(decideForSave)));
      }),
    );
  }

  sessionOf(document: vscode.TextDocument | undefined): RefactorSession | undefined {
    return document && this._sessions.get(document.uri.toString());
  }

  /** Resolves when the change is there to be decided on, or has come to nothing. The user is told why. */
  async run(document: vscode.TextDocument, lines: Lines, make: TaskMaker): Promise<void> {
    let next: Lines | undefined = lines;
    while (next) {
      if (this.sessionOf(document)) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('Deepwell: decide on the change in this file first.'),
        );
        return;
      }
      next = await this.attempt(document, next, make);
    }
  }

  dispose(): void {
    for (const session of this._sessions.values()) session.dispose();
    this._sessions.clear();
    this._decorations?.dispose();
    this._store.dispose();
  }

  /** Undefined, or the lines to try again with. */
  private async attempt(
    document: vscode.TextDocument,
    lines: Lines,
    make: TaskMaker,
  ): Promise<Lines | undefined> {
    const session = this.begin(document, lines, make(lines));
    const title = vscode.l10n.t('Deepwell is writing…');
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
      session.run(),
    );
    const isAgain =
      session.state === 'edited' ? await askAfterEdit(session) : await this.tell(session, document);
    if (!isAgain || document.isClosed) return undefined;
    // The question may have stood there for long, and the lines are known as they were when the session ended.
    if (document.version !== this._endedVersions.get(session)) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Deepwell: select the code again, it was changed.'),
      );
      return undefined;
    }
    const { firstLine, lines: left } = session.proposal;
    const again = { start: firstLine, end: firstLine + left.length };
    return lines.start === lines.end ? again : textIn(document, again);
  }

  private begin(document: vscode.TextDocument, { start, end }: Lines, task: RewriteTask): RefactorSession {
    const key = document.uri.toString();
    const editor = new VscodeRefactorEditor(document);
    const ask = (onText: (text: string) => void, signal: AbortSignal) => this.ask(task, onText, signal);
    const session = new RefactorSession({ editor, start, end, ask, reader: task.reader });
    this._sessions.set(key, session);
    session.onDidChange(() => {
      if (session.state === 'ended' && this._sessions.get(key) === session) {
        this._endedVersions.set(session, document.version);
        this._sessions.delete(key);
        editor.dispose();
        if (session.outcome === 'closed' && editor.isSaved) void this.mend(document.uri, session);
      }
      this.draw(document);
      this._changed.fire();
    });
    this.draw(document);
    this._changed.fire();
    return session;
  }

  private async ask(
    task: RewriteTask,
    onText: (text: string) => void,
    signal: AbortSignal,
  ): Promise<ChatAnswer['finish']> {
    const prompt = await fitPrompt(this._model, task.turns, task.code, signal);
    const { finish, isUntaught } = await this._model.answer({ ...prompt, signal, onText });
    if (isUntaught) this.warnOnce();
    return finish;
  }

  /** VS Code saved the file with both versions in it, by itself, and it was closed: the new lines are taken out on the disk. */
  private async mend(uri: vscode.Uri, { proposal }: RefactorSession): Promise<void> {
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      const editor = new VscodeRefactorEditor(document);
      const { start, end } = wholeOf(proposal);
      const found = editor.lines(start, end);
      if (!proposal.lines.every(({ text }, index) => found[index] === text)) return;
      const edits = editsToDecide(proposal, { start, end }, false);
      await editor.apply(textEdits(edits, editor), { before: true, after: true });
      editor.dispose();
      await document.save();
    } catch (error) {
      this._log.error('A change that was not decided on stays in a file', error);
    }
  }

  private warnOnce(): void {
    if (this._isWarned) return;
    this._isWarned = true;
    const { t } = vscode.l10n;
    const choose = t('Choose Model…');
    const message = t(
      'Deepwell: this model was not taught to follow instructions, and writes badly by them.',
    );
    void vscode.window.showInformationMessage(message, choose).then((picked) => {
      if (picked === choose) void vscode.commands.executeCommand('deepwell.chooseModel');
    });
  }

  private draw(document: vscode.TextDocument): void {
    this._decorations ??= new Decorations();
    this._decorations.draw(document, this.sessionOf(document)?.proposal);
  }

  private drawAll(): void {
    if (this._sessions.size === 0) return;
    for (const { document } of vscode.window.visibleTextEditors) this.draw(document);
  }

  /** What became of it, where that is not to be seen; true where the user wants another try. */
  private async tell(session: RefactorSession, document: vscode.TextDocument): Promise<boolean> {
    const { t } = vscode.l10n;
    if (session.state === 'review') await showFirstChange(session, document);
    if (session.outcome === 'unchanged') {
      void vscode.window.showInformationMessage(t('Deepwell: the model changed nothing.'));
    }
    const { error } = session;
    if (session.outcome !== 'failed' || isCancelled(error)) return false;
    if (error instanceof RefactorRefused) {
      void vscode.window.showWarningMessage(error.message);
      return false;
    }
    const isKnown = error instanceof ModelUnavailable || error instanceof ChatInterrupted;
    if (!isKnown) this._log.error('Rewriting code failed', error);
    const message = isKnown ? error.message : t('The code could not be rewritten. The log has the details.');
    const again = t('Try Again');
    return (await vscode.window.showErrorMessage(message, again)) === again;
  }
}

/** A file with both versions in it is no use to anybody. Who saves by hand has seen a change that is whole; half of one is taken out. */
async function decideForSave(session: RefactorSession): Promise<void> {
  if (session.state === 'review') await session.acceptAll();
  else await session.discard('edit');
}

/** What the user wrote is never thrown away; the question is what becomes of what the model wrote. */
async function askAfterEdit(session: RefactorSession): Promise<boolean> {
  const { t } = vscode.l10n;
  const [again, discard, review] = [t('Start Over'), t('Discard'), t('Review What Is There')];
  const message = t('You edited the code that Deepwell was rewriting, so it stopped.');
  const picked = await vscode.window.showWarningMessage(message, again, discard, review);
  if (picked !== again && picked !== discard) session.goOn();
  else if (session.state === 'edited') await session.discard();
  // Decided by other means meanwhile, there is nothing to start over.
  return picked === again && session.outcome === 'rejected';
}

async function showFirstChange(session: RefactorSession, document: vscode.TextDocument): Promise<void> {
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
  const [first] = session.hunks;
  if (editor && first) {
    const range = new vscode.Range(first.start, 0, first.end - 1, 0);
    // The colours of a selection would lie over those of the change.
    if (!editor.selection.isEmpty) editor.selection = new vscode.Selection(range.start, range.start);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
  if (vscode.workspace.getConfiguration('editor', document).get('codeLens', true)) return;
  // Nothing else on the screen says what can be done.
  const { t } = vscode.l10n;
  const [accept, reject] = [t('Accept All'), t('Reject All')];
  void vscode.window
    .showInformationMessage(t('Deepwell has written a change.'), accept, reject)
    .then((picked) => {
      if (picked === accept) return session.acceptAll();
      return picked === reject ? session.discard() : undefined;
    });
}
