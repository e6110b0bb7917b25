import type { CallContext, Handlers } from '../rpc/protocol.ts';
import { serve } from '../rpc/rpcServer.ts';
import { EngineError } from '../rpc/engineError.ts';
import {
  type DownloadReply,
  type EngineRequests,
  type MeasureReply,
  type ModelFacts,
  PARAMS_SCHEMAS,
  type ParamsOf,
  PROTOCOL_VERSION,
} from '../rpc/engineProtocol.ts';
import type { Transport } from '../rpc/rpcClient.ts';
import type { Log } from '../base/log.ts';
import type { Binding, BoundModel } from './binding.ts';
import { Chat } from './chat/chat.ts';
import { Lane } from './lane.ts';
import { SegmentStore } from './segmentStore.ts';
import { Turns } from './turns.ts';

interface Loaded {
  readonly model: BoundModel;
  readonly lane: Lane;
  readonly segments: SegmentStore;
  readonly chat: Chat;
}

/**
 * The engine process's root: models by id, one handler per method. `exit` ends the process.
 * Returns what frees everything and then exits, for a transport that cannot tell by itself that it is closed.
 */
export function startEngine(transport: Transport, binding: Binding, log: Log, exit: () => void): () => void {
  const engine = new Engine(binding, log);
  let leaving = false;
  const leave = (): void => {
    if (leaving) return;
    leaving = true;
    void engine
      .dispose()
      .catch((error: unknown) => log.error('Dispose failed', error))
      .finally(exit);
  };
  serve(transport, PARAMS_SCHEMAS, engine.handlers(leave), log, leave);
  return leave;
}

class Engine {
  private readonly _binding: Binding;
  private readonly _log: Log;
  private readonly _models = new Map</* model id */ string, Loaded>();
  private readonly _loading = new Map</* model id */ string, Promise<Loaded>>();
  private readonly _downloads = new Set<Promise<DownloadReply>>();
  private readonly _ending = new AbortController();
  /** Ends what is being measured: it takes the processor from whoever asks for something. */
  private _measuring: AbortController | undefined;
  private _measured: Promise<unknown> = Promise.resolve();

  constructor(binding: Binding, log: Log) {
    this._binding = binding;
    this._log = log;
  }

  handlers(leave: () => void): Handlers<EngineRequests> {
    return {
      hello: async ({ protocol }) => {
        if (protocol !== PROTOCOL_VERSION) {
          throw new EngineError(
            'protocol',
            `The engine speaks protocol ${PROTOCOL_VERSION}, the host ${protocol}.`,
          );
        }
        return { protocol: PROTOCOL_VERSION, pid: process.pid, runtime: this._binding.name };
      },
      load: async (params, context) => this.load(params, context),
      unload: async ({ model }) => {
        await this.unload(this.find(model), model);
        return null;
      },
      complete: async (params, context) => this.complete(params, context),
      chat: async (params, context) => {
        this._measuring?.abort();
        return this.find(params.model).chat.answer(params, context);
      },
      chatTokens: async ({ model, prompt }) => ({ count: this.find(model).chat.countTokens(prompt) }),
      warmUp: async ({ model, parts, newSegments, budgetMs }, { signal }) => {
        this._measuring?.abort();
        const { lane, segments } = this.find(model);
        for (const segment of newSegments) segments.add(segment);
        return lane.warmUpPrompt(segments.tokens(parts).tokens, budgetMs ?? Infinity, signal);
      },
      measure: async (params, context) => this.measure(params, context),
      tokenize: async ({ model, text, countOnly }) => {
        const tokens = this.find(model).model.tokenize(text);
        return countOnly ? { count: tokens.length } : { count: tokens.length, tokens };
      },
      inspect: async (params, { signal }) => this._binding.inspect(params, this.orEnding(signal)),
      locate: async ({ address }, { signal }) => this._binding.locate(address, this.orEnding(signal)),
      download: async (params, context) => this.download(params, context),
      status: async () => ({
        pid: process.pid,
        memoryBytes: process.memoryUsage.rss(),
        lanes: [...this._models].map(([id, { lane }]) => lane.status(id)),
      }),
      shutdown: async () => {
        setImmediate(leave);
        return null;
      },
    };
  }

  async dispose(): Promise<void> {
    this._ending.abort();
    await Promise.allSettled([...this._loading.values(), ...this._downloads]);
    await Promise.all([...this._models].map(([id, loaded]) => this.unload(loaded, id)));
  }

  private async load(params: ParamsOf<'load'>, { signal, report }: CallContext): Promise<ModelFacts> {
    const id = params.model;
    if (this._models.has(id) || this._loading.has(id)) {
      throw new EngineError('bad-request', `${id} is loaded already.`);
    }
    const loading = this.bind(params, report, this.orEnding(signal));
    this._loading.set(id, loading);
    try {
      const loaded = await loading;
      this._models.set(id, loaded);
      report({ phase: 'warm-up', fraction: 1 });
      const facts = { ...loaded.model.facts, singleTokens: undefined };
      this._log.info(`Loaded ${params.path}: ${JSON.stringify(facts)}`);
      return loaded.model.facts;
    } finally {
      this._loading.delete(id);
    }
  }

  /** Leaves nothing behind where it fails or `signal` aborts. */
  private async bind(
    params: ParamsOf<'load'>,
    report: CallContext['report'],
    signal: AbortSignal,
  ): Promise<Loaded> {
    const model = await this._binding.load(params, report, signal);
    try {
      const turns = new Turns();
      const lane = new Lane(model, turns);
      await lane.warmUp();
      if (signal.aborted) throw new EngineError('cancelled', 'Loading was cancelled.');
      const segments = new SegmentStore(model);
      return { model, lane, segments, chat: new Chat(model, segments, turns, this._log) };
    } catch (error) {
      await model.dispose();
      throw error;
    }
  }

  private async unload({ lane, chat, model }: Loaded, id: string): Promise<void> {
    this._measuring?.abort();
    this._models.delete(id);
    await this._measured;
    await Promise.all([lane.close(), chat.close()]);
    await model.dispose();
  }

  private async complete(params: ParamsOf<'complete'>, { signal, report }: CallContext) {
    const arrivedAtMs = performance.now();
    this._measuring?.abort();
    const { lane, segments } = this.find(params.model);
    for (const segment of params.newSegments) segments.add(segment);
    return lane.complete({
      prompt: segments.tokens(params.parts),
      heal: params.heal,
      skip: params.skip,
      maxTokens: params.maxTokens,
      stop: new Set(params.stop.map((text) => segments.special(text))),
      signal,
      arrivedAtMs,
      onText: (text, logProbability) => report({ text, logProbability }),
    });
  }

  private async measure(
    { model: id, ...options }: ParamsOf<'measure'>,
    { signal }: CallContext,
  ): Promise<MeasureReply> {
    const { lane, model } = this.find(id);
    if (this._measuring || lane.status(id).busy) {
      throw new EngineError('cancelled', 'The engine has something else to do.');
    }
    const ending = (this._measuring = new AbortController());
    const measured = model.measure(options, AbortSignal.any([this.orEnding(signal), ending.signal]));
    this._measured = measured.catch(() => undefined);
    try {
      return await measured;
    } finally {
      this._measuring = undefined;
    }
  }

  private async download(
    params: ParamsOf<'download'>,
    { signal, report }: CallContext,
  ): Promise<DownloadReply> {
    const downloading = this._binding.download(params, report, this.orEnding(signal));
    this._downloads.add(downloading);
    try {
      return await downloading;
    } finally {
      this._downloads.delete(downloading);
    }
  }

  /** Aborts with a request's own signal, and when the engine ends. */
  private orEnding(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this._ending.signal]);
  }

  private find(id: string): Loaded {
    const loaded = this._models.get(id);
    if (loaded === undefined) throw new EngineError('model-not-loaded', `No model ${id} is loaded.`);
    return loaded;
  }
}
