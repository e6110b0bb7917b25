import { basename } from 'node:path';
import { Cancelled } from '../base/abort.ts';
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
  type WarmUpRequest,
  type WarmUpResult,
} from '../core/ports/model.ts';
import { NO_MODEL } from '../core/models/modelProblem.ts';
import { EngineError } from '../rpc/engineError.ts';
import type { CompleteReply } from '../rpc/engineProtocol.ts';
import type { EngineHost, EngineState, LoadedEngine } from './engineHost.ts';
import { engineProblem } from './engineProblem.ts';
import { ResumedText } from './resumedText.ts';
import { whenReady } from './whenReady.ts';

/** Each time a prompt turns out too long in tokens, its text budget shrinks to this much of what would have fitted. */
const SAFETY = 0.9;
const SMALLEST_SCALE = 0.01;

const MAX_SHRINKS = 2;

/** {@link Model} on the engine process of this machine. */
export class LocalModel implements Model, Disposable {
  private readonly _host: EngineHost;
  private readonly _changed = new Emitter<ModelState>();
  private readonly _listener: Disposable;
  private readonly _ended = new AbortController();
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
    if (request.signal.aborted) throw new Cancelled();
    const use = this._host.use();
    try {
      return await this.completeAwake(request);
    } finally {
      use.dispose();
    }
  }

  async warmUp({ prompt, budgetMs, signal }: WarmUpRequest): Promise<WarmUpResult> {
    const { state } = this._host;
    if (state.kind !== 'ready' || signal.aborted) return { evaluatedTokens: 0, elapsedMs: 0 };
    const startedMs = performance.now();
    const { connection, modelId } = state.engine;
    const { pieces } = prompt(toReadyModel(state.engine), this._scale);
    // Whatever goes wrong here goes wrong again in a completion, and is said there.
    const reply = await connection.warmUp(modelId, pieces, budgetMs ?? null, signal).catch(() => undefined);
    return { evaluatedTokens: reply?.evaluatedTokens ?? 0, elapsedMs: performance.now() - startedMs };
  }

  dispose(): void {
    this._ended.abort();
    this._listener.dispose();
    this._changed.dispose();
  }

  private async completeAwake(request: CompletionRequest): Promise<CompletionResult> {
    const text = new ResumedText(request.onText);
    const signals = [request.signal, this._ended.signal];
    let engine = await whenReady(this._host, signals);
    let deaths = 0;
    let shrinks = 0;
    for (;;) {
      try {
        const result = await this.ask(engine, request, text);
        if (text.diverged) throw new Cancelled();
        return result;
      } catch (error) {
        if (request.signal.aborted) throw new Cancelled();
        if (!(error instanceof EngineError)) throw error;
        if (error.kind === 'engine-gone' || error.kind === 'model-not-loaded') {
          // Once only: a prompt that kills every engine must not use up all restarts.
          if (deaths++ > 0) throw new ModelUnavailable(engineProblem(error));
          engine = await whenReady(this._host, signals, engine);
        } else if (error.kind !== 'prompt-too-long' || shrinks++ === MAX_SHRINKS) {
          throw error;
        }
      }
    }
  }

  private async ask(
    engine: LoadedEngine,
    request: CompletionRequest,
    text: ResumedText,
  ): Promise<CompletionResult> {
    const model = toReadyModel(engine);
    const scale = this._scale;
    const { pieces, heal } = request.prompt(model, scale);
    const known = new Set(engine.facts.singleTokens);
    text.restart();
    try {
      const reply = await engine.connection.complete(engine.modelId, {
        pieces,
        heal,
        ...(request.skip !== undefined && { skip: request.skip }),
        maxTokens: request.maxTokens,
        stop: (model.format?.stop ?? []).filter((each) => known.has(each)),
        signal: request.signal,
        onText: (piece, logProbability) => text.push(piece, logProbability),
      });
      return toResult(reply);
    } catch (error) {
      if (error instanceof EngineError && error.kind === 'prompt-too-long') this.shrink(scale, error);
      throw error;
    }
  }

  /** @param scale the prompt was built with; another request may have shrunk it meanwhile. */
  private shrink(scale: number, { details: { promptTokens, limitTokens } }: EngineError): void {
    const fits = Math.max(0, Number(limitTokens) / Number(promptTokens)) || SMALLEST_SCALE;
    this._scale = Math.max(SMALLEST_SCALE, Math.min(this._scale, scale * SAFETY * fits));
  }
}

function toModelState(state: EngineState): ModelState {
  switch (state.kind) {
    case 'stopped':
      return { kind: 'failed', problem: NO_MODEL };
    case 'asleep':
      return { kind: 'asleep' };
    case 'failed':
      return { kind: 'failed', problem: engineProblem(state.error) };
    case 'loading':
      return { kind: 'loading', fraction: state.fraction };
    case 'ready':
      return { kind: 'ready', model: toReadyModel(state.engine) };
  }
}

function toReadyModel({ facts, modelId, tuning }: LoadedEngine): ReadyModel {
  return {
    name: facts.name || basename(modelId),
    format: chooseFimFormat({ ...facts, singleTokens: new Set(facts.singleTokens) }),
    contextTokens: facts.contextTokens,
    backend: facts.backend,
    gpuLayers: facts.gpuLayers,
    tuning,
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
