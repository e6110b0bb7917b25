import type { Event } from '../../../src/base/emitter.ts';
import type {
  CompletionRequest,
  CompletionResult,
  Model,
  ModelState,
  WarmUpRequest,
} from '../../../src/core/ports/model.ts';

/** Another model, with what it was asked for counted; also of requests that were given up on the way. */
export class CountedModel implements Model {
  readonly onDidChangeState: Event<ModelState>;
  requests = 0;
  evaluatedTokens = 0;
  generatedTokens = 0;
  private readonly _model: Model;
  private readonly _open = new Set<Promise<unknown>>();

  constructor(model: Model) {
    this._model = model;
    this.onDidChangeState = model.onDidChangeState;
  }

  get state(): ModelState {
    return this._model.state;
  }

  complete(request: CompletionRequest): Promise<CompletionResult> {
    this.requests++;
    const result = this._model.complete(request);
    const counted = result.then(
      ({ evaluatedTokens, generatedTokens }) => {
        this.evaluatedTokens += evaluatedTokens;
        this.generatedTokens += generatedTokens;
      },
      () => undefined,
    );
    this._open.add(counted);
    void counted.finally(() => this._open.delete(counted));
    return result;
  }

  warmUp(request: WarmUpRequest): Promise<void> {
    return this._model.warmUp(request);
  }

  /** Resolves when the engine is done with everything it was asked. */
  async idle(): Promise<void> {
    await Promise.all(this._open);
  }
}
