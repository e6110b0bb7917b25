import { isCancelled, sleep } from '../../base/abort.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import type { Attached } from '../../core/chat/attached.ts';
import { newQuestion, type Turn } from '../../core/chat/conversation.ts';
import { firstSeen } from '../../core/chat/fitPrompt.ts';
import { promptTurns } from '../../core/chat/promptTurns.ts';
import { systemTurn } from '../../core/chat/systemTurn.ts';
import type { ChatModel } from '../../core/ports/chatModel.ts';
import type { Meter } from '../../webview/messages.ts';
import type { ChatEditor } from './chatEditor.ts';

/** Whoever selects with the arrow keys selects something else at each. */
const REST_MS = 300;

export interface MeterParts {
  readonly model: ChatModel;
  /** Whether counting would not load the model. */
  readonly isReady: () => boolean;
  readonly editor: Pick<ChatEditor, 'instructions'>;
  readonly log: Log;
}

/** How many tokens the next question would send, before a word of it is written. */
export class TokenMeter implements Disposable {
  private readonly _parts: MeterParts;
  private readonly _onChange: () => void;
  private _usedTokens = 0;
  private _abort = new AbortController();

  constructor(parts: MeterParts, onChange: () => void) {
    this._parts = parts;
    this._onChange = onChange;
  }

  get value(): Meter {
    return { usedTokens: this._usedTokens, windowTokens: this._parts.model.contextTokens };
  }

  /** Counted by an answer that has just ended. */
  set(usedTokens: number): void {
    this._abort.abort();
    this._usedTokens = usedTokens;
    this._onChange();
  }

  /** Has the model count after a moment, in place of a count before. A model that is not loaded is not loaded for it. */
  measure(turns: readonly Turn[], attached: readonly Attached[]): void {
    this._abort.abort();
    this._abort = new AbortController();
    this.count(turns, attached, this._abort.signal).catch((error: unknown) => {
      if (!isCancelled(error)) this._parts.log.debug(`Tokens could not be counted: ${String(error)}`);
    });
  }

  dispose(): void {
    this._abort.abort();
  }

  private async count(
    turns: readonly Turn[],
    attached: readonly Attached[],
    signal: AbortSignal,
  ): Promise<void> {
    const { model, editor, isReady } = this._parts;
    await sleep(REST_MS, signal);
    if (!isReady() || model.contextTokens === 0) return;
    const system = systemTurn(await editor.instructions());
    // Not empty: some chat templates refuse a conversation that does not end with a question.
    const next = [...turns.slice(firstSeen(turns)), newQuestion('next', '?', attached)];
    const usedTokens = await model.countTokens(promptTurns(system, next), signal);
    if (signal.aborted) return;
    this._usedTokens = usedTokens;
    this._onChange();
  }
}
