import { type CallContext, type Handlers, serve } from '../rpc/rpcServer.ts';
import { EngineError } from '../rpc/engineError.ts';
import { type ModelFacts, type ParamsOf, PROTOCOL_VERSION } from '../rpc/engineProtocol.ts';
import type { Transport } from '../rpc/rpcClient.ts';
import type { Log } from '../base/log.ts';
import type { Binding, BoundModel } from './binding.ts';
import { Lane } from './lane.ts';
import { SegmentStore } from './segmentStore.ts';

interface Loaded {
  readonly model: BoundModel;
  readonly lane: Lane;
  readonly segments: SegmentStore;
}

/**
 * The engine process's root: models by id, one handler per method. `exit` ends the process.
 * Returns what frees everything and then exits, for a transport that cannot tell by itself that it is closed.
 */
export function startEngine(transport: Transport, binding: Binding, log: Log, exit: () => void): () => void {
  const engine = new Engine(binding, log);
  const leave = (): void =>
    void engine
      .dispose()
      .catch((error: unknown) => log.error('Dispose failed', error))
      .finally(exit);
  serve(transport, engine.handlers(leave), log, leave);
  return leave;
}

class Engine {
  private readonly _binding: Binding;
  private readonly _log: Log;
  private readonly _models = new Map</* model id */ string, Loaded>();
  private _shookHands = false;

  constructor(binding: Binding, log: Log) {
    this._binding = binding;
    this._log = log;
  }

  handlers(leave: () => void): Handlers {
    return {
      hello: async ({ protocol }) => {
        if (protocol !== PROTOCOL_VERSION) {
          throw new EngineError(
            'protocol',
            `The engine speaks protocol ${PROTOCOL_VERSION}, the host ${protocol}.`,
          );
        }
        this._shookHands = true;
        return { protocol: PROTOCOL_VERSION, pid: process.pid, runtime: this._binding.name };
      },
      load: async (params, context) => this.load(params, context),
      unload: async ({ model }) => {
        await this.unload(this.find(model), model);
        return null;
      },
      complete: async (params, context) => this.complete(params, context),
      tokenize: async ({ model, text, countOnly }) => {
        const tokens = this.find(model).model.tokenize(text);
        return countOnly ? { count: tokens.length } : { count: tokens.length, tokens };
      },
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
    await Promise.all([...this._models].map(([id, loaded]) => this.unload(loaded, id)));
  }

  private async load(params: ParamsOf<'load'>, { signal, report }: CallContext): Promise<ModelFacts> {
    if (!this._shookHands) throw new EngineError('protocol', 'The first call must be hello.');
    if (this._models.has(params.model))
      throw new EngineError('bad-request', `${params.model} is loaded already.`);
    const model = await this._binding.load(params, report, signal);
    const loaded = { model, lane: new Lane(model), segments: new SegmentStore(model) };
    await loaded.lane.warmUp();
    if (signal.aborted || this._models.has(params.model)) {
      await model.dispose();
      throw new EngineError('cancelled', 'Loading was cancelled.');
    }
    this._models.set(params.model, loaded);
    report({ phase: 'warm-up', fraction: 1 });
    this._log.info(`Loaded ${params.path}: ${JSON.stringify({ ...model.facts, singleTokens: undefined })}`);
    return model.facts;
  }

  private async unload({ lane, model }: Loaded, id: string): Promise<void> {
    this._models.delete(id);
    await lane.close();
    await model.dispose();
  }

  private async complete(params: ParamsOf<'complete'>, { signal, report }: CallContext) {
    const arrivedAtMs = performance.now();
    const { lane, segments } = this.find(params.model);
    for (const segment of params.newSegments) segments.add(segment);
    return lane.complete({
      prompt: segments.tokens(params.parts),
      heal: params.heal,
      maxTokens: params.maxTokens,
      stop: new Set(params.stop.map((text) => segments.special(text))),
      signal,
      arrivedAtMs,
      onText: (text) => report({ text }),
    });
  }

  private find(id: string): Loaded {
    const loaded = this._models.get(id);
    if (loaded === undefined) throw new EngineError('model-not-loaded', `No model ${id} is loaded.`);
    return loaded;
  }
}
