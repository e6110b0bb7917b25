import { isCancelled, raceAbort } from '../../base/abort.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { Emitter, type Event } from '../../base/emitter.ts';
import type { ChatAnswer } from '../../core/ports/chatModel.ts';
import type { AnswerReader } from '../../core/refactor/answerReader.ts';
import { editsToDecide, editsToPropose } from '../../core/refactor/lineEdits.ts';
import {
  decided,
  type Hunk,
  hunksOf,
  type Proposal,
  propose,
  proposeSoFar,
  type ProposedLine,
  wholeOf,
} from '../../core/refactor/proposal.ts';
import { ProposedDocument, type Step } from './proposedDocument.ts';
import type { RefactorEditor } from './refactorEditor.ts';

export type SessionState =
  /** The model answers, and what it has answered stands in the document. */
  | 'writing'
  /** The user edited the code meanwhile: {@link RefactorSession.goOn} or {@link RefactorSession.discard}. */
  | 'edited'
  /** All is there, and to be decided on. */
  | 'review'
  | 'ended';

export type Outcome = 'accepted' | 'rejected' | 'unchanged' | 'stopped' | 'undone' | 'closed' | 'failed';

/**
 * `undo` needs the focus, so it is for what the user does in the editor: who types elsewhere would lose that. `edit` leaves a document
 * that counts as changed.
 */
export type TakeBack = 'undo' | 'edit';

export interface SessionOptions {
  readonly editor: RefactorEditor;
  /** Lines `start` to before `end` of the document, from 0; none for what is only added. */
  readonly start: number;
  readonly end: number;
  readonly ask: (onText: (text: string) => void, signal: AbortSignal) => Promise<ChatAnswer['finish']>;
  readonly reader: Pick<AnswerReader, 'read' | 'readWhole'>;
}

/**
 * One change to the lines of a document, from the model's first line to the user's last decision. Old and new lines stand in
 * the document side by side meanwhile, and all of it is one step to undo.
 */
export class RefactorSession implements Disposable {
  private readonly _options: SessionOptions;
  private readonly _document: ProposedDocument;
  private readonly _changed = new Emitter<void>();
  private readonly _listeners = new DisposableStore();
  private readonly _cancel = new AbortController();
  private _state: SessionState = 'writing';
  private _outcome: Outcome | undefined;
  private _error: unknown;
  private _answer = '';
  private _drawnChars = 0;
  private _isDrawing = false;
  /** All that the model says has been heard: what is drawn of a part of it would come behind the whole. */
  private _isAnswered = false;
  private _running: Promise<void> | undefined;
  private _hasAccepted = false;
  private _takenBackBy: TakeBack = 'undo';

  /** What is to be seen of it changed: lines, state. */
  readonly onDidChange: Event<void> = this._changed.event;

  constructor(options: SessionOptions) {
    const { editor, start, end } = options;
    this._options = options;
    this._document = this._listeners.add(new ProposedDocument(editor, start, end));
    this._listeners.add(this._document.onDidDraw(() => this._changed.fire()));
    this._listeners.add(this._document.onDidEdit(({ isTouched }) => this.answerEdit(isTouched)));
    this._listeners.add(editor.onDidClose(() => this.end('closed')));
  }

  get state(): SessionState {
    return this._state;
  }

  get proposal(): Proposal {
    return this._document.proposal;
  }

  get hunks(): readonly Hunk[] {
    return hunksOf(this.proposal);
  }

  /** Undefined until it has ended. */
  get outcome(): Outcome | undefined {
    return this._outcome;
  }

  /** Why it failed. */
  get error(): unknown {
    return this._error;
  }

  /** Resolves when the model has nothing to do with it any more. Never rejects. */
  run(): Promise<void> {
    this._running ??= this.askAndPropose();
    return this._running;
  }

  private async askAndPropose(): Promise<void> {
    const { ask, reader } = this._options;
    const { signal } = this._cancel;
    try {
      const finish = await raceAbort(
        ask((text) => this.heard(text), signal),
        signal,
      );
      this._isAnswered = true;
      const lines = reader.readWhole(this._answer, finish);
      await this.write(() => propose(this._document.original, lines));
      if (this._state !== 'writing') return;
      if (this.hunks.length === 0) await this.takeBack('unchanged', 'edit');
      else this.enter('review');
    } catch (error) {
      if (this._state !== 'writing') return;
      if (!isCancelled(error)) this._error ??= error;
      if (this._error === undefined) await this.takeBack('stopped', this._takenBackBy);
      else await this.takeBack('failed', 'edit');
    }
  }

  /** Ends an answer that is being written. */
  stop(): void {
    if (this._state === 'writing') this._cancel.abort();
  }

  /** After the user's edit: what is there is reviewed. */
  goOn(): void {
    if (this._state !== 'edited') return;
    if (this.hunks.length === 0) this.end('stopped');
    else this.enter('review');
  }

  /** Takes out whatever was added and is not decided on. */
  async discard(by: TakeBack = 'undo'): Promise<void> {
    if (this._state === 'writing') {
      this._takenBackBy = by;
      this.stop();
      await this._running;
    } else if (this._state !== 'ended') await this.takeBack(this._hasAccepted ? 'accepted' : 'rejected', by);
  }

  async acceptAll(): Promise<void> {
    this.goOn();
    if (this._state !== 'review') return;
    this._hasAccepted = true;
    await this._document.edit((proposal) => decision(proposal, wholeOf(proposal), true));
    this.endIfDecided();
  }

  /** Decides on the hunk at a line, else on the next one below it, else on the first. Resolves with where the next is. */
  async decide(line: number, isAccepted: boolean): Promise<number | undefined> {
    this.goOn();
    if (this._state !== 'review') return undefined;
    this._hasAccepted ||= isAccepted;
    const { length } = this.hunks;
    if (length === 1 && !this._hasAccepted) {
      await this.takeBack('rejected', 'undo');
      return undefined;
    }
    let place = line;
    await this._document.edit((proposal) => {
      const hunks = hunksOf(proposal);
      const hunk = hunks.find(({ end }) => end > line) ?? hunks[0];
      if (!hunk) return undefined;
      place = hunk.start;
      return decision(proposal, hunk, isAccepted);
    });
    this.endIfDecided();
    return (this.hunks.find(({ end }) => end > place) ?? this.hunks[0])?.start;
  }

  dispose(): void {
    this.end('closed');
    this._changed.dispose();
  }

  private heard(text: string): void {
    if (this._cancel.signal.aborted) return;
    this._answer += text;
    if (text.includes('\n') && !this._isDrawing) void this.draw();
  }

  private async draw(): Promise<void> {
    this._isDrawing = true;
    try {
      while (this._drawnChars < this._answer.length && !this._isAnswered && !this._cancel.signal.aborted) {
        this._drawnChars = this._answer.length;
        const lines = this._options.reader.read(this._answer);
        await this.write(() => proposeSoFar(this._document.original, lines));
      }
    } catch (error) {
      this._error ??= error;
      this._cancel.abort();
    } finally {
      this._isDrawing = false;
    }
  }

  private async write(linesNow: () => readonly ProposedLine[]): Promise<void> {
    await this._document.edit((proposal) => {
      if (this._state !== 'writing') return undefined;
      const lines = linesNow();
      const edits = editsToPropose(proposal, lines);
      return { edits, to: { firstLine: proposal.firstLine, lines }, isLast: false };
    });
  }

  private async takeBack(outcome: Outcome, by: TakeBack): Promise<void> {
    try {
      // Taken out by hand, its lines would leave a document that counts as changed.
      const isUndone = by === 'undo' && !this._hasAccepted && (await this._document.undoAll());
      if (!isUndone) {
        await this._document.edit((proposal) => ({
          ...decision(proposal, wholeOf(proposal), false),
          isLast: true,
        }));
      }
    } catch (error) {
      this._error ??= error;
    }
    this.end(this._error === undefined ? outcome : 'failed');
  }

  private answerEdit(isTouched: boolean): void {
    if (isTouched && this._document.isUndone) this.end('undone');
    else if (isTouched && this._state === 'writing') {
      this._document.settle();
      this.enter('edited');
      this._cancel.abort();
    } else {
      this.endIfDecided();
      this._changed.fire();
    }
  }

  private endIfDecided(): void {
    if (this._state === 'review' && this.hunks.length === 0) {
      this.end(this._hasAccepted ? 'accepted' : 'rejected');
    }
  }

  private enter(state: SessionState): void {
    this._state = state;
    this._changed.fire();
  }

  private end(outcome: Outcome): void {
    if (this._state === 'ended') return;
    this._outcome = outcome;
    this._listeners.dispose();
    this.enter('ended');
    this._cancel.abort();
  }
}

function decision(proposal: Proposal, hunk: Hunk, isAccepted: boolean): Step {
  const to = decided(proposal, hunk, isAccepted);
  return { edits: editsToDecide(proposal, hunk, isAccepted), to, isLast: hunksOf(to).length === 0 };
}
