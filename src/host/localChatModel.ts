import { Cancelled } from '../base/abort.ts';
import type { Disposable } from '../base/disposable.ts';
import { DEEPSEEK_LEAD, deepseekForm, hasDeepseekForm } from '../core/chat/deepseekForm.ts';
import {
  type ChatAnswer,
  ChatInterrupted,
  type ChatModel,
  type ChatRequest,
  type ChatTurn,
} from '../core/ports/chatModel.ts';
import { ModelUnavailable } from '../core/ports/model.ts';
import { EngineError } from '../rpc/engineError.ts';
import type { ChatPrompt, ChatReply } from '../rpc/engineProtocol.ts';
import type { EngineHost, EngineState, LoadedEngine } from './engineHost.ts';
import { engineProblem } from './engineProblem.ts';
import { whenReady } from './whenReady.ts';

/** {@link ChatModel} on the engine process of this machine. */
export class LocalChatModel implements ChatModel, Disposable {
  private readonly _host: EngineHost;
  private readonly _listener: Disposable;
  private readonly _ended = new AbortController();
  private _contextTokens = 0;

  constructor(host: EngineHost) {
    this._host = host;
    const look = (state: EngineState): void => {
      if (state.kind === 'ready') this._contextTokens = state.engine.facts.contextTokens;
    };
    look(host.state);
    this._listener = host.onDidChangeState(look);
  }

  get contextTokens(): number {
    return this._contextTokens;
  }

  async answer(request: ChatRequest): Promise<ChatAnswer> {
    const { turns, maxTokens, variant = 0, signal, onText } = request;
    let isBegun = false;
    const reply = await this.withEngine(
      signal,
      (engine) =>
        engine.connection.chat(
          { model: engine.modelId, prompt: promptFor(engine, turns), maxTokens, variant },
          (text) => {
            isBegun = true;
            if (!signal.aborted) onText(text);
          },
          signal,
        ),
      () => isBegun,
    ).catch(emptyWhereTooLong);
    // Text that came after the abort was not given on, so the answer is not whole even where the engine is done.
    if (signal.aborted || reply.finish === 'cancelled') throw new Cancelled();
    return toAnswer(reply, reply.finish);
  }

  async countTokens(turns: readonly ChatTurn[], signal: AbortSignal): Promise<number> {
    return this.withEngine(
      signal,
      (engine) =>
        engine.connection.chatTokens({ model: engine.modelId, prompt: promptFor(engine, turns) }, signal),
      () => false,
    );
  }

  dispose(): void {
    this._ended.abort();
    this._listener.dispose();
  }

  /** Asks the engine, and once more where it died before it had said anything: what was said stands, and is not said twice. */
  private async withEngine<T>(
    signal: AbortSignal,
    ask: (engine: LoadedEngine) => Promise<T>,
    isBegun: () => boolean,
  ): Promise<T> {
    const signals = [signal, this._ended.signal];
    if (signal.aborted) throw new Cancelled();
    const use = this._host.use();
    try {
      let dead: LoadedEngine | undefined;
      for (;;) {
        const engine = await whenReady(this._host, signals, dead);
        try {
          return await ask(engine);
        } catch (error) {
          if (signal.aborted) throw new Cancelled();
          if (!isDeath(error)) throw asProblem(error);
          // Once only: a conversation that kills every engine must not use up all restarts.
          if (isBegun() || dead !== undefined) throw new ChatInterrupted({ cause: error });
          dead = engine;
        }
      }
    } finally {
      use.dispose();
    }
  }
}

function isDeath(error: unknown): boolean {
  return error instanceof EngineError && (error.kind === 'engine-gone' || error.kind === 'model-not-loaded');
}

/** A conversation needs memory of its own, and the user can do something about that. */
function asProblem(error: unknown): unknown {
  const isMemory = error instanceof EngineError && error.kind === 'not-enough-memory';
  return isMemory ? new ModelUnavailable(engineProblem(error)) : error;
}

/** The window is full already: an answer that was cut off before it began. */
function emptyWhereTooLong(error: unknown): ChatReply {
  if (!(error instanceof EngineError && error.kind === 'prompt-too-long')) throw error;
  return {
    finish: 'length',
    form: 'given',
    promptTokens: Number(error.details.promptTokens),
    reusedTokens: 0,
    evaluatedTokens: 0,
    generatedTokens: 0,
    timings: { startedMs: 0, prefilledMs: 0, firstTokenMs: null, totalMs: 0 },
  };
}

function promptFor({ facts }: LoadedEngine, turns: readonly ChatTurn[]): ChatPrompt {
  const { architecture, hasChatTemplate, singleTokens } = facts;
  return hasDeepseekForm({ architecture, hasChatTemplate, singleTokens: new Set(singleTokens) })
    ? { parts: deepseekForm(turns), lead: DEEPSEEK_LEAD }
    : { turns: [...turns] };
}

function toAnswer(reply: ChatReply, finish: ChatAnswer['finish']): ChatAnswer {
  const { promptTokens, reusedTokens, generatedTokens, timings } = reply;
  return {
    finish,
    ...(reply.form === 'plain' && { isUntaught: true }),
    ...{ promptTokens, reusedTokens, generatedTokens },
    firstTokenMs: timings.firstTokenMs,
    totalMs: timings.totalMs,
  };
}
