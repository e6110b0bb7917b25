import { isCancelled } from '../../base/abort.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import { type Attached, attachLines, isSamePlace } from '../../core/chat/attached.ts';
import { ChatHistory } from '../../core/chat/chatHistory.ts';
import {
  cutBefore,
  newQuestion,
  questionOf,
  turnOf,
  withoutTurn,
  withTurns,
} from '../../core/chat/conversation.ts';
import { exportMarkdown } from '../../core/chat/exportMarkdown.ts';
import { readCommand } from '../../core/chat/slashCommands.ts';
import { titleOf } from '../../core/chat/titleOf.ts';
import { variantAfter } from '../../core/chat/variantAfter.ts';
import type { ChatModel } from '../../core/ports/chatModel.ts';
import type { CodeIndex } from '../../core/ports/codeIndex.ts';
import type { ConversationStore } from '../../core/ports/conversationStore.ts';
import type { SourceTexts } from '../../core/ports/sourceTexts.ts';
import { parseToHost, type ToHost, type ToPage } from '../../webview/messages.ts';
import { AnswerRun } from './answerRun.ts';
import type { ChatEditor } from './chatEditor.ts';
import { answerEntry, attachmentOf, entriesOf, listed } from './entriesOf.ts';
import { Mentions } from './mentions.ts';
import { PageLink } from './pageLink.ts';
import { runCodeAction } from './runCodeAction.ts';
import { TokenMeter } from './tokenMeter.ts';

export interface ChatParts {
  readonly model: ChatModel;
  /** Whether counting tokens would not load the model. */
  readonly isReady: () => boolean;
  readonly index: CodeIndex;
  readonly texts: SourceTexts;
  readonly store: ConversationStore;
  /** Goes on with the most recent conversation. Not where other windows have the same store: they would write over each other's. */
  readonly resumes: boolean;
  readonly editor: ChatEditor;
  readonly log: Log;
  readonly newId: () => string;
  /** As `Date.now` counts. */
  readonly nowMs: () => number;
}

/** The chat: holds all of its state, does what the page asks for, and tells it of every change. */
export class ChatController implements Disposable {
  private readonly _parts: ChatParts;
  private readonly _history: ChatHistory;
  private readonly _page = new PageLink();
  private readonly _mentions: Mentions;
  private readonly _meter: TokenMeter;
  private readonly _listener: Disposable;
  /** Attached on purpose, until a question is sent. */
  private _pinned: readonly Attached[] = [];
  /** Follows what is selected in the editor. */
  private _selection: Attached | undefined;
  /** A selection that the user removed, or has sent already. */
  private _dismissed: Attached | undefined;
  private _run: AnswerRun | undefined;
  private _completing = new AbortController();
  /** The input box is to have the focus and, where it is empty, this text. */
  private _compose: string | undefined;

  constructor(parts: ChatParts) {
    const { index, texts, editor, newId } = parts;
    this._parts = parts;
    this._history = new ChatHistory(parts.store, parts.nowMs, parts.resumes);
    this._mentions = new Mentions({ index, texts, openFiles: () => editor.openFiles(), newId });
    this._meter = new TokenMeter(parts, () => this._page.send({ type: 'meter', meter: this._meter.value }));
    this._listener = editor.onDidChangeSelection(() => {
      if (this._page.isListening) this.guard(this.followSelection());
    });
  }

  /** @param post to a page; what this returns tells that the page is gone. */
  connect(post: (message: ToPage) => void): Disposable {
    return this._page.connect(post);
  }

  /** What a page said; anything that is not a message of the contract is dropped. */
  receive(value: unknown): void {
    const message = parseToHost(value);
    if (message) this.guard(this.handle(message));
    else this._parts.log.warn('A message of an unknown shape from the chat page was dropped');
  }

  /** Asks in a new conversation. */
  async ask(text: string, attached: readonly Attached[]): Promise<void> {
    await this.load();
    this._history.show('');
    this._pinned = attached;
    this._dismissed = this._selection;
    await this.send(text);
  }

  /** For the next question. */
  attach(attached: Attached): void {
    if (!this._pinned.some((each) => isSamePlace(each, attached))) this._pinned = [...this._pinned, attached];
    this.attachmentsChanged();
  }

  /** @param text for the input box, where it is empty. */
  focus(text = ''): void {
    this._compose = text;
    this.sendCompose();
  }

  async newConversation(): Promise<void> {
    await this.load();
    this._history.show('');
    this.replay();
    this.focus();
  }

  /** What was written so far stays. */
  stop(): void {
    this._run?.stop();
  }

  /** Ends the answer and forgets every conversation. What is on the disk is deleted by whoever asks for this. */
  async forget(): Promise<void> {
    const run = this._run;
    run?.stop();
    await run?.ended;
    this._history.forget();
    this.replay();
  }

  dispose(): void {
    this._listener.dispose();
    this._completing.abort();
    this._meter.dispose();
    this.stop();
  }

  private async handle(message: ToHost): Promise<void> {
    await this.load();
    const { editor } = this._parts;
    switch (message.type) {
      case 'ready':
        await this.followSelection();
        this._page.ready();
        return this.replay();
      case 'send':
        return this.send(message.text);
      case 'stop':
        return this.stop();
      case 'regenerate':
        return this.regenerate(message.message);
      case 'edit':
        return this.edit(message.message, message.text);
      case 'copy':
        return this.copy(message.message);
      case 'delete':
        return this.deleteTurn(message.message);
      case 'newConversation':
        return this.newConversation();
      case 'openConversation':
        this._history.show(message.conversation);
        return this.replay();
      case 'deleteConversation':
        return this.deleteConversation(message.conversation);
      case 'exportConversation': {
        const conversation = this._history.find(message.conversation);
        return conversation && editor.showMarkdown(exportMarkdown(conversation));
      }
      case 'removeAttachment':
        return this.detach(message.attachment);
      case 'complete':
        return this.complete(message.request, message.trigger, message.query);
      case 'completed':
        return this.take(message.completion);
      case 'code':
        return this.runCode(message);
      case 'openLink':
        return editor.openLink(message.href);
      case 'openFile':
        return this.openFile(message.path, message.line);
    }
  }

  private async load(): Promise<void> {
    const problem = await this._history.load();
    if (problem !== '') this._parts.editor.warn(problem);
  }

  private get attached(): readonly Attached[] {
    const selection = this._selection;
    if (!selection) return this._pinned;
    const isShown = this._pinned.some((each) => isSamePlace(each, selection));
    const isDismissed = this._dismissed !== undefined && isSamePlace(this._dismissed, selection);
    return isShown || isDismissed ? this._pinned : [...this._pinned, selection];
  }

  /** Whether the conversation that is shown is being answered. */
  private get isBusy(): boolean {
    return this._run !== undefined && this._run.conversation === this._history.shown?.id;
  }

  private async send(text: string): Promise<void> {
    if (text.trim() === '') return;
    // The page has taken it out of its box.
    if (this.isBusy) return this.focus(text);
    const { newId } = this._parts;
    const { id } = this._history.shown ?? this._history.begin(newId());
    const question = newQuestion(newId(), text, await this.attachedFor(text));
    this._history.update(id, (conversation) => withTurns(conversation, question));
    this._pinned = [];
    this._dismissed = this._selection;
    await this.answer(id);
  }

  /** A command without anything to work on is meant for the file that is open. */
  private async attachedFor(text: string): Promise<readonly Attached[]> {
    const { command, rest } = readCommand(text);
    const talkedOf = this._history.shown?.turns.some(
      (turn) => turn.role === 'user' && turn.attached.length > 0,
    );
    if (!command || rest !== '' || talkedOf || this.attached.length > 0) return this.attached;
    const { editor, texts, newId } = this._parts;
    const [active] = editor.openFiles();
    const source = active && (await texts.read(active.uri, new AbortController().signal));
    return source ? [attachLines(newId(), source)] : [];
  }

  private async edit(id: string, text: string): Promise<void> {
    const conversation = this._history.shown;
    if (this.isBusy || !conversation || text.trim() === '') return;
    const old = turnOf(conversation, id);
    if (old?.role !== 'user') return;
    const question = newQuestion(id, text, old.attached);
    this._history.update(conversation.id, (each) => withTurns(cutBefore(each, id), question));
    await this.answer(conversation.id);
  }

  private async regenerate(id: string): Promise<void> {
    const conversation = this._history.shown;
    if (this.isBusy || !conversation || !questionOf(conversation, id)) return;
    const old = turnOf(conversation, id);
    if (old?.role !== 'assistant') return;
    const isLast = conversation.turns.at(-1)?.id === id;
    const ask = 'Answer this again? What was said after it is deleted.';
    if (!isLast && !(await this._parts.editor.confirm(ask, 'Answer Again'))) return;
    if (this.isBusy || !this._history.find(conversation.id)) return;
    this._history.update(conversation.id, (each) => cutBefore(each, id));
    await this.answer(conversation.id, variantAfter(old));
  }

  /** One answer at a time: who asks elsewhere ends the one before. */
  private async answer(conversation: string, variant = 0): Promise<void> {
    const before = this._run;
    const run = new AnswerRun(this._parts, this._history, conversation, variant, {
      onChange: () => this.replay(),
      onText: (message, text) => {
        if (this.isBusy) this._page.send({ type: 'delta', message, text });
      },
    });
    this._run = run;
    before?.stop();
    await before?.ended;
    const end = await run.start();
    if (this._run === run) this._run = undefined;
    const shown = this._history.shown;
    const answer = shown && turnOf(shown, run.answer);
    if (!shown || answer?.role !== 'assistant') return;
    const entry = answerEntry(answer, questionOf(shown, answer.id)?.found ?? []);
    this._page.send({ type: 'entry', entry });
    if (end) this._meter.set(end.promptTokens + end.generatedTokens);
    else this.measure();
  }

  private async copy(id: string): Promise<void> {
    const turn = this._history.shown && turnOf(this._history.shown, id);
    if (turn) await this._parts.editor.copy(turn.text);
  }

  private deleteTurn(id: string): void {
    const conversation = this._history.shown;
    if (this.isBusy || !conversation) return;
    this._history.update(conversation.id, (each) => withoutTurn(each, id));
    this.replay();
  }

  private async deleteConversation(id: string): Promise<void> {
    const conversation = this._history.find(id);
    if (!conversation) return;
    if (!(await this._parts.editor.confirm(`Delete the conversation “${titleOf(conversation)}”?`, 'Delete')))
      return;
    if (this._run?.conversation === id) this.stop();
    this._history.delete(id);
    this.replay();
  }

  private detach(id: string): void {
    this._pinned = this._pinned.filter((each) => each.id !== id);
    if (this._selection?.id === id) this._dismissed = this._selection;
    this.attachmentsChanged();
  }

  private async followSelection(): Promise<void> {
    const selection = await this._parts.editor.selection();
    const before = this._selection;
    if (!selection) this._dismissed = undefined;
    // The same lines keep their id, and so their chip.
    if (selection && before ? isSamePlace(selection, before) : selection === before) return;
    this._selection = selection;
    this.attachmentsChanged();
  }

  private async complete(request: number, trigger: '/' | '@', query: string): Promise<void> {
    this._completing.abort();
    this._completing = new AbortController();
    const { signal } = this._completing;
    const items = await this._mentions.offer(trigger, query, signal);
    if (!signal.aborted) this._page.send({ type: 'completions', request, items: [...items] });
  }

  private async take(completion: string): Promise<void> {
    const attached = await this._mentions.take(completion, new AbortController().signal);
    if (attached) this.attach(attached);
  }

  private async runCode({
    action,
    message,
    language,
    text,
  }: Extract<ToHost, { type: 'code' }>): Promise<void> {
    const conversation = this._history.shown;
    const turn = conversation && turnOf(conversation, message);
    if (!turn) return;
    const attached = questionOf(conversation, message)?.attached ?? [];
    const code = { text, language, answer: turn.text, attached };
    await runCodeAction(action, code, this._parts.editor, this._parts.texts);
  }

  private async openFile(path: string, line: number): Promise<void> {
    const { editor } = this._parts;
    const uri = await editor.findFile(path);
    if (uri === undefined) editor.warn(`There is no file “${path}” in this workspace.`);
    else await editor.openFile(uri, line);
  }

  private replay(): void {
    const shown = this._history.shown;
    const now = this._parts.nowMs();
    this._page.send({
      type: 'state',
      conversations: this._history.all.map((each) => listed(each, now)),
      shown: shown?.id ?? '',
      entries: shown ? entriesOf(shown) : [],
      attachments: this.attached.map(attachmentOf),
      meter: this._meter.value,
    });
    this.sendCompose();
    this.measure();
  }

  private attachmentsChanged(): void {
    this._page.send({ type: 'attachments', attachments: this.attached.map(attachmentOf) });
    this.measure();
  }

  private measure(): void {
    if (this._page.isListening && !this._run) {
      this._meter.measure(this._history.shown?.turns ?? [], this.attached);
    }
  }

  private sendCompose(): void {
    if (this._compose === undefined || !this._page.isListening) return;
    this._page.send({ type: 'compose', text: this._compose });
    this._compose = undefined;
  }

  private guard(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (!isCancelled(error)) this._parts.log.error('The chat could not do what it was asked', error);
    });
  }
}
