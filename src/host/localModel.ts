import { basename } from 'node:path';
import { Cancelled, raceAbort } from '../base/abort.ts';
import type { Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/emitter.ts';
import { chooseFimFormat } from '../core/completion/chooseFimFormat.ts';
import {
  type CompletionRequest,
  type CompletionResult,
  type Model,
  type ModelState,
  ModelUnavailable,
  type ReadyModel,
} from '../core/ports/model.ts';
import { NO_MODEL } from '../core/models/modelProblem.ts';
import { EngineError } from '../rpc/engineError.ts';
import type { CompleteReply, ModelFacts } from '../rpc/engineProtocol.ts';
import type { EngineHost, EngineState, LoadedEngine } from './engineHost.ts';
import { engineProblem } from './engineProblem.ts';

/** Each time a prompt turns out too long in tokens, its text budget shrinks to this much of what would have fitted. */
const SAFETY = 0.9;

/** {@link Model} on the engine process of this machine. */
export class LocalModel implements Model, Disposable {
  private readonly _host: EngineHost;
  private readonly _changed = new Emitter<ModelState>();
  private readonly _listener: Disposable;
  private _state: ModelState;
  /** Scales prompts whose text gave more tokens than the packer guessed; reset with the model. */
  private _scale = 1;

  readonly onDidChangeState = this._changed.event;

  constructor(host: EngineHost) {
    this._host = host;
    this._state = toModelState(host.state);
    this._listener = host.onDidChangeState((state) => {
      if (state.kind === 'ready') this._scale = 1;
      this._state = toModelState(state);
      this._changed.fire(this._state);
    });
  }

  get state(): ModelState {
    return this._state;
  }

  async complete(request: CompletionRequest): Promise<CompletionResult> {
    const engine = await this.whenReady(request.signal);
    try {
      return await this.ask(engine, request);
    } catch (error) {
      if (request.signal.aborted) throw new Cancelled();
      if (!(error instanceof EngineError)) throw error;
      if (error.kind === 'prompt-too-long') return this.askShorter(engine, request, error);
      if (error.kind !== 'engine-gone' && error.kind !== 'model-not-loaded') throw error;
      // The engine died under the request: the next one gets the same prompt, once.
      return this.ask(await this.whenReady(request.signal, engine), request);
    }
  }

  dispose(): void {
    this._listener.dispose();
    this._changed.dispose();
  }

  private async ask(engine: LoadedEngine, request: CompletionRequest): Promise<CompletionResult> {
    const model = toReadyModel(engine.facts, engine.modelId);
    const { pieces, heal } = request.prompt(model, this._scale);
    const known = new Set(engine.facts.singleTokens);
    const reply = await engine.connection.complete(engine.modelId, {
      pieces,
      heal,
      maxTokens: request.maxTokens,
      stop: (model.format?.stop ?? []).filter((text) => known.has(text)),
      signal: request.signal,
      onText: request.onText,
    });
    return toResult(reply);
  }

  private async askShorter(
    engine: LoadedEngine,
    request: CompletionRequest,
    { details: { promptTokens, limitTokens } }: EngineError,
  ): Promise<CompletionResult> {
    this._scale *= SAFETY * (Number(limitTokens) / Number(promptTokens));
    return this.ask(engine, request);
  }

  /** @param not an engine that is known to be dead, though its exit may not have been noticed yet. */
  private async whenReady(signal: AbortSignal, not?: LoadedEngine): Promise<LoadedEngine> {
    const listeners: Disposable[] = [];
    const ready = new Promise<LoadedEngine>((resolve, reject) => {
      const look = (state: EngineState): void => {
        if (state.kind === 'ready' && state.engine !== not) resolve(state.engine);
        else if (state.kind === 'stopped') reject(new ModelUnavailable(NO_MODEL));
        else if (state.kind === 'failed') reject(new ModelUnavailable(engineProblem(state.error)));
      };
      listeners.push(this._host.onDidChangeState(look));
      look(this._host.state);
    });
    try {
      return await raceAbort(ready, signal);
    } finally {
      for (const listener of listeners) listener.dispose();
    }
  }
}

function toModelState(state: EngineState): ModelState {
  switch (state.kind) {
    case 'stopped':
      return { kind: 'failed', problem: NO_MODEL };
    case 'failed':
      return { kind: 'failed', problem: engineProblem(state.error) };
    case 'loading':
      return { kind: 'loading', fraction: state.fraction };
    case 'ready':
      return { kind: 'ready', model: toReadyModel(state.engine.facts, state.engine.modelId) };
  }
}

function toReadyModel(facts: ModelFacts, path: string): ReadyModel {
  return {
    name: facts.name || basename(path),
    format: chooseFimFormat({ ...facts, singleTokens: new Set(facts.singleTokens) }),
    contextTokens: facts.contextTokens,
    backend: facts.backend,
    gpuLayers: facts.gpuLayers,
  };
}

function toResult({ timings, ...reply }: CompleteReply): CompletionResult {
  return {
    ...reply,
    firstTokenMs: timings.firstTokenMs,
    prefillMs: timings.prefilledMs - timings.startedMs,
    totalMs: timings.totalMs,
  };
}
