import { isCancelled } from '../../base/abort.ts';
import type { Log } from '../../base/log.ts';
import { answerQuestion } from '../../core/chat/answerQuestion.ts';
import type { ChatHistory } from '../../core/chat/chatHistory.ts';
import { WentInCircles } from '../../core/chat/circles.ts';
import {
  type Answer,
  newAnswer,
  type Question,
  questionOf,
  turnOf,
  withNote,
  withTurns,
} from '../../core/chat/conversation.ts';
import { CUT } from '../../core/chat/endings.ts';
import { QuestionTooLong } from '../../core/chat/fitPrompt.ts';
import { systemTurn } from '../../core/chat/systemTurn.ts';
import { searchWorkspace } from '../../core/chat/workspaceSearch.ts';
import { type ChatAnswer, ChatInterrupted, type ChatModel } from '../../core/ports/chatModel.ts';
import type { CodeIndex } from '../../core/ports/codeIndex.ts';
import { ModelUnavailable } from '../../core/ports/model.ts';
import type { ChatEditor } from './chatEditor.ts';

export interface RunParts {
  readonly model: ChatModel;
  readonly index: CodeIndex;
  readonly editor: Pick<ChatEditor, 'instructions'>;
  readonly log: Log;
  readonly newId: () => string;
}

export interface RunListener {
  /** Other rows than before: the answer has begun, or something was left out of the question. */
  readonly onChange: () => void;
  readonly onText: (answer: string, text: string) => void;
}

/** One answer on its way into a conversation, which may be deleted meanwhile. */
export class AnswerRun {
  readonly conversation: string;
  /** Its id. */
  readonly answer: string;
  private readonly _parts: RunParts;
  private readonly _history: ChatHistory;
  private readonly _listener: RunListener;
  private readonly _variant: number;
  private readonly _abort = new AbortController();
  private _ended: Promise<ChatAnswer | undefined> | undefined;

  /**
   * @param conversation the last turn of which is a question.
   * @param variant of the answer.
   */
  constructor(
    parts: RunParts,
    history: ChatHistory,
    conversation: string,
    variant: number,
    listener: RunListener,
  ) {
    this._parts = parts;
    this._history = history;
    this._listener = listener;
    this._variant = variant;
    this.conversation = conversation;
    this.answer = parts.newId();
  }

  /** Settles with {@link start}. */
  get ended(): Promise<unknown> {
    return this._ended ?? Promise.resolve();
  }

  /** Resolves when the answer has ended, however that was; undefined where the model did not end it. Never rejects. */
  start(): Promise<ChatAnswer | undefined> {
    this._ended ??= this.run();
    return this._ended;
  }

  stop(): void {
    this._abort.abort();
  }

  private async run(): Promise<ChatAnswer | undefined> {
    const { signal } = this._abort;
    const { model, index, editor } = this._parts;
    const turns = this._history.find(this.conversation)?.turns ?? [];
    this.put(newAnswer(this.answer, this._variant));
    this._listener.onChange();
    try {
      const system = systemTurn(await editor.instructions());
      const end = await answerQuestion({
        ...{ model, system, turns, signal, variant: this._variant },
        search: (question, searchSignal) => searchWorkspace(index, question, searchSignal),
        onQuestion: (question) => this.asked(question),
        onText: (text) => this.write(text),
      });
      this.end(end.finish === 'stop' ? COMPLETE : { status: 'partial', reason: CUT });
      if (end.isUntaught) this.warnOnce();
      return end;
    } catch (error) {
      this.end(this.endingOf(error));
      return undefined;
    }
  }

  private asked(question: Question): void {
    this.put(question);
    if (question.notes.length > 0 || question.found.length > 0) this._listener.onChange();
  }

  /** Text that was on its way when the answer was stopped is not taken in. */
  private write(text: string): void {
    if (text === '' || this._abort.signal.aborted) return;
    this.change((answer) => ({ ...answer, text: answer.text + text }));
    this._listener.onText(this.answer, text);
  }

  /** Below the first question that is answered so. */
  private warnOnce(): void {
    const conversation = this._history.find(this.conversation);
    const question = conversation && questionOf(conversation, this.answer);
    const isSaid = conversation?.turns.some((turn) => turn.role === 'user' && turn.notes.includes(UNTAUGHT));
    if (!question || isSaid) return;
    this.put(withNote(question, UNTAUGHT));
    this._listener.onChange();
  }

  private end(ending: Ending): void {
    this.change((answer) => ({ ...answer, ...ending }));
  }

  private put(turn: Question | Answer): void {
    this._history.update(this.conversation, (conversation) => withTurns(conversation, turn));
  }

  private change(change: (answer: Answer) => Answer): void {
    this._history.update(this.conversation, (conversation) => {
      const answer = turnOf(conversation, this.answer);
      return answer?.role === 'assistant' ? withTurns(conversation, change(answer)) : conversation;
    });
  }

  private endingOf(error: unknown): Ending {
    if (this._abort.signal.aborted || isCancelled(error)) return { status: 'stopped', reason: '' };
    if (
      error instanceof ChatInterrupted ||
      error instanceof ModelUnavailable ||
      error instanceof QuestionTooLong ||
      error instanceof WentInCircles
    ) {
      return { status: 'partial', reason: error.message };
    }
    this._parts.log.error('A question could not be answered', error);
    return {
      status: 'partial',
      reason: 'The question could not be answered. Deepwell’s log has the details.',
    };
  }
}

const UNTAUGHT =
  'This model was not made for conversations: its file has no chat template, and its answers may be poor.';

type Ending = Pick<Answer, 'status' | 'reason'>;

const COMPLETE: Ending = { status: 'complete', reason: '' };
