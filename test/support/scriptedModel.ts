import { Cancelled, onAbort, raceAbort } from '../../src/base/abort.ts';
import { Emitter } from '../../src/base/emitter.ts';
import { FIM_FORMATS } from '../../src/core/completion/fimFormats.ts';
import {
  type CompletionRequest,
  type CompletionResult,
  type Model,
  type ModelState,
  ModelUnavailable,
  type Prompt,
  type ReadyModel,
  type WarmUpRequest,
  type WarmUpResult,
} from '../../src/core/ports/model.ts';

/** A ready model that fills in the middle the way DeepSeek-Coder does. */
export const READY: ReadyModel = {
  name: 'Scripted',
  format: FIM_FORMATS.find(({ name }) => name === 'deepseek-coder'),
  contextTokens: 8192,
  backend: 'none',
  gpuLayers: 0,
};

/** What a request is answered with, and in how large pieces it is streamed. */
export interface Script {
  readonly text: string;
  readonly pieceChars?: number;
  /** Of each piece. */
  readonly probability?: number;
  readonly finish?: CompletionResult['finish'];
}

/**
 * A {@link Model} in memory. By script it answers every request in the next turns of the event loop; without one each
 * request waits, as in a prefill that takes its time, for the test to say what the model writes.
 */
export class ScriptedModel implements Model {
  readonly requests: ScriptedRequest[] = [];
  readonly warmUps: WarmUpRequest[] = [];
  warmUpResult: WarmUpResult = { evaluatedTokens: 0, elapsedMs: 0 };
  private readonly _script: ((prompt: Prompt, index: number) => Script) | undefined;
  private readonly _changed = new Emitter<ModelState>();
  private _state: ModelState = { kind: 'ready', model: READY };

  readonly onDidChangeState = this._changed.event;

  constructor(script?: string | ((prompt: Prompt, index: number) => Script)) {
    this._script = typeof script === 'string' ? () => ({ text: script }) : script;
  }

  get state(): ModelState {
    return this._state;
  }

  /** The newest request. */
  get request(): ScriptedRequest {
    const newest = this.requests.at(-1);
    if (!newest) throw new Error('The model has not been asked.');
    return newest;
  }

  become(state: ModelState): void {
    this._state = state;
    this._changed.fire(state);
  }

  async complete(request: CompletionRequest): Promise<CompletionResult> {
    const ready = await this.whenReady(request.signal);
    if (request.signal.aborted) throw new Cancelled();
    const scripted = new ScriptedRequest(request, request.prompt(ready, 1));
    this.requests.push(scripted);
    const script = this._script?.(scripted.prompt, this.requests.length - 1);
    if (script) void play(scripted, script);
    return scripted.result;
  }

  async warmUp(request: WarmUpRequest): Promise<WarmUpResult> {
    this.warmUps.push(request);
    return this.warmUpResult;
  }

  private async whenReady(signal: AbortSignal): Promise<ReadyModel> {
    const listeners: (() => void)[] = [];
    const ready = new Promise<ReadyModel>((resolve, reject) => {
      const look = (state: ModelState): void => {
        if (state.kind === 'ready') resolve(state.model);
        if (state.kind === 'failed') reject(new ModelUnavailable(state.problem));
      };
      const listener = this.onDidChangeState(look);
      listeners.push(() => listener.dispose());
      look(this._state);
    });
    try {
      return await raceAbort(ready, signal);
    } finally {
      for (const detach of listeners) detach();
    }
  }
}

/** One request, and what the model does with it. */
export class ScriptedRequest {
  readonly prompt: Prompt;
  readonly result: Promise<CompletionResult>;
  private readonly _request: CompletionRequest;
  private _text = '';
  private _settle: { resolve(result: CompletionResult): void; reject(error: unknown): void } | undefined;

  constructor(request: CompletionRequest, prompt: Prompt) {
    this._request = request;
    this.prompt = prompt;
    this.result = new Promise((resolve, reject) => {
      this._settle = { resolve, reject };
      onAbort(request.signal, () => reject(new Cancelled()));
    });
    // Also read by tests that do not wait for it.
    this.result.catch(() => undefined);
  }

  get aborted(): boolean {
    return this._request.signal.aborted;
  }

  /** What of the likeliest was to be passed over. */
  get skip(): number | undefined {
    return this._request.skip;
  }

  /** Streams a piece, even to a request that was aborted: what is on its way arrives. */
  write(piece: string, probability = 1): void {
    this._text += piece;
    this._request.onText(piece, Math.log(probability));
  }

  end(finish: CompletionResult['finish'] = 'stop'): void {
    this._settle?.resolve({
      text: this._text,
      finish,
      promptTokens: 100,
      partTokens: [],
      reusedTokens: 90,
      evaluatedTokens: 10,
      generatedTokens: this._text.length,
      firstTokenMs: 5,
      prefillMs: 4,
      totalMs: 10,
    });
  }

  fail(error: unknown): void {
    this._settle?.reject(error);
  }
}

/** The whole prompt as text, markers in ⟦ ⟧. */
export function promptText({ pieces, heal }: Prompt): string {
  return (
    pieces
      .map((piece) =>
        'special' in piece ? `⟦${piece.special}⟧` : 'segment' in piece ? piece.segment : piece.text,
      )
      .join('') + heal
  );
}

async function play(
  request: ScriptedRequest,
  { text, pieceChars = 4, probability, finish }: Script,
): Promise<void> {
  for (let at = 0; at < text.length && !request.aborted; at += pieceChars) {
    await Promise.resolve();
    request.write(text.slice(at, at + pieceChars), probability);
  }
  request.end(finish);
}
