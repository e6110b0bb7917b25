/** A model that answers in a conversation, wherever it runs. Completions go before it: it pauses between tokens for them. */
export interface ChatModel {
  /**
   * Answers the last turn, which is the user's. Waits for the model to be loaded, or wakes it, if need be.
   * @throws {@link Cancelled} when `signal` aborts; {@link ModelUnavailable} where there is no model to wait for;
   * {@link ChatInterrupted} where the engine died: what `onText` was given stands.
   */
  answer(request: ChatRequest): Promise<ChatAnswer>;
  /** Tokens that the turns take as a prompt, with all that the model's form puts around them. Throws as {@link answer} does. */
  countTokens(turns: readonly ChatTurn[], signal: AbortSignal): Promise<number>;
  /** Prompt and answer together; 0 as long as no model was ready. */
  readonly contextTokens: number;
}

export interface ChatTurn {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

export interface ChatRequest {
  /** The system's turn first, where there is one; then user and assistant in turn. */
  readonly turns: readonly ChatTurn[];
  readonly maxTokens: number;
  /** Which of many answers. Default 0: of the likeliest words; else of words drawn by chance, the same ones for the same number. */
  readonly variant?: number;
  readonly signal: AbortSignal;
  /** Text since the last call. */
  readonly onText: (text: string) => void;
}

export interface ChatAnswer {
  /** `length`: cut off by `maxTokens` or by the window. */
  readonly finish: 'stop' | 'length';
  /** The model's file says nothing of conversations (no chat template): it was asked in a plain form, and may answer badly. */
  readonly isUntaught?: true;
  readonly promptTokens: number;
  readonly reusedTokens: number;
  readonly generatedTokens: number;
  /** Milliseconds inside the engine; null where there was no token. */
  readonly firstTokenMs: number | null;
  readonly totalMs: number;
}

/** Thrown by {@link ChatModel.answer}: the engine died in the middle of an answer. Asking again may work. */
export class ChatInterrupted extends Error {
  constructor(options?: ErrorOptions) {
    super('The model stopped in the middle of its answer.', options);
    this.name = 'ChatInterrupted';
  }
}
