import { Cancelled, onAbort } from '../../src/base/abort.ts';
import type { ChatAnswer, ChatModel, ChatRequest, ChatTurn } from '../../src/core/ports/chatModel.ts';

/** A {@link ChatModel} whose tokens are words, and which writes what the test says when the test says it. */
export class ScriptedChatModel implements ChatModel {
  readonly requests: ScriptedAnswer[] = [];
  contextTokens = 1_000;
  counted = 0;

  /** The newest request. */
  get request(): ScriptedAnswer {
    const newest = this.requests.at(-1);
    if (!newest) throw new Error('The model has not been asked.');
    return newest;
  }

  async answer(request: ChatRequest): Promise<ChatAnswer> {
    if (request.signal.aborted) throw new Cancelled();
    const scripted = new ScriptedAnswer(request);
    this.requests.push(scripted);
    return scripted.result;
  }

  async countTokens(turns: readonly ChatTurn[], signal: AbortSignal): Promise<number> {
    if (signal.aborted) throw new Cancelled();
    this.counted++;
    return wordsOf(turns);
  }
}

/** One request, and what the model does with it. */
export class ScriptedAnswer {
  readonly turns: readonly ChatTurn[];
  readonly maxTokens: number;
  readonly variant: number;
  readonly result: Promise<ChatAnswer>;
  private readonly _request: ChatRequest;
  private _settle: { resolve(answer: ChatAnswer): void; reject(error: unknown): void } | undefined;

  constructor(request: ChatRequest) {
    this._request = request;
    this.turns = request.turns;
    this.maxTokens = request.maxTokens;
    this.variant = request.variant ?? 0;
    this.result = new Promise((resolve, reject) => {
      this._settle = { resolve, reject };
      onAbort(request.signal, () => reject(new Cancelled()));
    });
    this.result.catch(() => undefined);
  }

  get aborted(): boolean {
    return this._request.signal.aborted;
  }

  /** What the user asked last, as the model reads it. */
  get asked(): string {
    return this.turns.at(-1)?.text ?? '';
  }

  /** Streams a piece, even to a request that was aborted: what is on its way arrives. */
  write(...pieces: readonly string[]): this {
    for (const piece of pieces) this._request.onText(piece);
    return this;
  }

  end(finish: ChatAnswer['finish'] = 'stop', rest: Partial<ChatAnswer> = {}): void {
    const promptTokens = wordsOf(this.turns);
    this._settle?.resolve({
      ...{ finish, promptTokens, reusedTokens: 0, generatedTokens: 5 },
      ...{ firstTokenMs: 1, totalMs: 2, ...rest },
    });
  }

  fail(error: unknown): void {
    this._settle?.reject(error);
  }
}

function wordsOf(turns: readonly ChatTurn[]): number {
  return turns.reduce((words, { text }) => words + text.split(/\s+/).filter((word) => word !== '').length, 0);
}
