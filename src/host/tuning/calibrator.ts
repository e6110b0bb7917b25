import type { Disposable } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import { type MeasuredRun, measurePlan, type MeasurePlan } from '../../core/models/calibration.ts';
import { EngineError } from '../../rpc/engineError.ts';
import type { EngineHost, EngineState, LoadedEngine } from '../engineHost.ts';
import type { CalibrationStore } from './calibrationStore.ts';

/** So long nobody must have asked for anything. */
const REST_MS = 30_000;

/** Measurements that a request ended; more, and the user never rests. */
const MOST_TRIES = 10;

export interface CalibratorOptions {
  readonly host: EngineHost;
  readonly store: Pick<CalibrationStore, 'get' | 'set'>;
  /** Whether work ahead of the user's is wanted, and the machine quiet enough to be timed. */
  readonly mayWork: () => boolean;
  readonly log: Log;
}

/** One loaded model that is being timed. */
interface Work {
  readonly engine: LoadedEngine;
  /** Ends with the engine. */
  readonly ending: AbortController;
  /** Once made it stays: only runs at the same depth can be compared. */
  plan: MeasurePlan | undefined;
  /** What was measured before a request came. */
  readonly runs: MeasuredRun[];
  tries: number;
}

/**
 * Times a model that nothing is known of here, when nobody has asked for anything for a while. The next load is tuned by it:
 * loading at once the other way would take from the user what the engine has in its cache.
 */
export class Calibrator implements Disposable {
  private readonly _options: CalibratorOptions;
  private readonly _listener: Disposable;
  private _work: Work | undefined;
  private _timer: NodeJS.Timeout | undefined;
  /** Uses of the engine when it was last looked at. */
  private _uses: number | undefined;

  constructor(options: CalibratorOptions) {
    this._options = options;
    this._listener = options.host.onDidChangeState((state) => this.follow(state));
    this.follow(options.host.state);
  }

  dispose(): void {
    this._listener.dispose();
    this.end();
  }

  private follow(state: EngineState): void {
    this.end();
    if (state.kind !== 'ready') return;
    const work = { engine: state.engine, ending: new AbortController(), plan: undefined, runs: [], tries: 0 };
    this._work = work;
    this.rest(work);
  }

  private end(): void {
    clearTimeout(this._timer);
    this._work?.ending.abort();
    this._work = undefined;
  }

  private rest(work: Work): void {
    this._uses = this._options.host.usesWhenIdle;
    this._timer = setTimeout(() => void this.look(work), REST_MS);
  }

  private async look(work: Work): Promise<void> {
    const { signal } = work.ending;
    const { host, store, mayWork, log } = this._options;
    const uses = host.usesWhenIdle;
    if (uses === undefined || uses !== this._uses || !mayWork()) return this.rest(work);
    try {
      if ((await store.get(work.engine.config)) !== undefined || signal.aborted) return;
      await this.calibrate(work);
    } catch (error) {
      if (signal.aborted) return;
      const isCancelled = error instanceof EngineError && error.kind === 'cancelled';
      if (isCancelled && ++work.tries < MOST_TRIES) return this.rest(work);
      log.info(`The model was not timed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async calibrate(work: Work): Promise<void> {
    const { connection, modelId, config } = work.engine;
    const { signal } = work.ending;
    const startedMs = performance.now();
    const { depthTokens, modes } = (work.plan ??= await planOf(work.engine));
    for (const mode of modes.slice(work.runs.length)) {
      const times = await connection.measure({ model: modelId, ...mode, depthTokens }, signal);
      work.runs.push({ ...mode, ...times, depthTokens });
    }
    const [first, ...others] = work.runs;
    if (first === undefined || signal.aborted) return;
    await this._options.store.set(config, { runs: [first, ...others] });
    const ms = Math.round(performance.now() - startedMs);
    this._options.log.info(`Timed the model in ${ms} ms: ${JSON.stringify(work.runs)}`);
  }
}

async function planOf({ connection, modelId, facts }: LoadedEngine): Promise<MeasurePlan> {
  const { lanes } = await connection.status();
  const prefillSpeed = lanes.find(({ model }) => model === modelId)?.prefillSpeed;
  return measurePlan({ ...facts, prefillSpeed });
}
