import { type Disposable, toDisposable } from '../base/disposable.ts';
import { Emitter } from '../base/emitter.ts';
import { sleep } from '../base/abort.ts';
import type { Log } from '../base/log.ts';
import { type Tuning, tuningOf, type TuningSettings } from '../core/models/tuning.ts';
import { EngineError } from '../rpc/engineError.ts';
import type { ModelFacts } from '../rpc/engineProtocol.ts';
import type { EngineConnection } from './engineConnection.ts';
import type { ForkedProcess } from './forkProcess.ts';
import { RestartPolicy } from './restartPolicy.ts';

/** What to run. Two equal configurations need no reload. */
export interface EngineConfig {
  readonly modelPath: string;
  readonly contextTokens: number;
  /** 0: all cores but one. */
  readonly threads: number;
  readonly gpu: 'auto' | 'off';
  /** The user chose the context's size: it is not made smaller where the machine is slow. Default: true. */
  readonly contextIsSet?: boolean;
}

export interface EngineHostOptions {
  readonly fork: () => Promise<ForkedProcess>;
  /** Resolves when starting a process would not be felt: not between two keys. */
  readonly whenQuiet: () => Promise<void>;
  /** Special texts to look up in the model's vocabulary. */
  readonly probe: readonly string[];
  readonly version: string;
  readonly log: Log;
  /** How to run the model, by what is known of it here. Default: as the settings and the engine have it. */
  readonly tune?: (config: EngineConfig) => Promise<Tuning>;
}

export type EngineState =
  | { readonly kind: 'stopped' }
  /** Nobody asked for long, and the memory is free; {@link EngineHost.use} wakes it. */
  | { readonly kind: 'asleep' }
  | { readonly kind: 'loading'; readonly fraction: number }
  | { readonly kind: 'ready'; readonly engine: LoadedEngine }
  | { readonly kind: 'failed'; readonly error: EngineError };

/** An engine process that ended without having been asked to. */
export interface EngineDeath {
  readonly atMs: number;
  readonly pid: number | undefined;
  readonly how: string;
}

export interface LoadedEngine {
  readonly connection: EngineConnection;
  readonly modelId: string;
  readonly facts: ModelFacts;
  readonly config: EngineConfig;
  readonly tuning: Tuning;
}

const REMEMBERED_DEATHS = 20;

/**
 * Keeps one engine process running with the configured model in it: starts it, loads the model, and when it dies
 * starts it again with a growing pause, until it has died too often. An engine that nobody uses is put to sleep.
 */
export class EngineHost implements Disposable {
  private readonly _options: EngineHostOptions;
  private readonly _policy = new RestartPolicy();
  private readonly _changed = new Emitter<EngineState>();
  private _config: EngineConfig | undefined;
  private _state: EngineState = { kind: 'stopped' };
  /** Ends the current attempt: another configuration, a restart or the end. */
  private _attempt = new AbortController();
  private _connection: EngineConnection | undefined;
  /** The processes before this one, still freeing its memory: two models at once may not fit. */
  private _closing: Promise<unknown> = Promise.resolve();
  /** The newest attempt, until its process is gone. */
  private _running: Promise<void> = Promise.resolve();
  private _deaths: readonly EngineDeath[] = [];
  /** Undefined: it never sleeps. */
  private _idleMs: number | undefined;
  private _idleTimer: NodeJS.Timeout | undefined;
  private _users = 0;
  private _uses = 0;

  readonly onDidChangeState = this._changed.event;

  constructor(options: EngineHostOptions) {
    this._options = options;
  }

  get state(): EngineState {
    return this._state;
  }

  /** Newest last. `atMs` is since the epoch. */
  get deaths(): readonly EngineDeath[] {
    return this._deaths;
  }

  /**
   * Loads what is configured, or stops the engine where nothing is. Returns at once. Other options for a model that
   * sleeps do not wake it.
   */
  configure(config: EngineConfig | undefined): void {
    if (isSameConfig(config, this._config)) return;
    const stayAsleep = this._state.kind === 'asleep' && config?.modelPath === this._config?.modelPath;
    this._config = config;
    if (!stayAsleep) this.restart();
  }

  /** How long an engine is kept that nobody uses; undefined: for good. */
  sleepAfter(idleMs: number | undefined): void {
    this._idleMs = idleMs;
    this.countIdle();
  }

  /** How often it was asked for something; undefined while someone uses it. */
  get usesWhenIdle(): number | undefined {
    return this._users > 0 ? undefined : this._uses;
  }

  /** Wakes a sleeping engine, and keeps it awake until what is returned is disposed. */
  use(): Disposable {
    this._users++;
    this._uses++;
    clearTimeout(this._idleTimer);
    if (this._state.kind === 'asleep') this.restart();
    return toDisposable(() => {
      this._users--;
      this.countIdle();
    });
  }

  /** Stops the engine; resolves when no process is left. */
  async stop(): Promise<void> {
    this.configure(undefined);
    await Promise.all([this._running, this._closing]);
  }

  /** Ends the process and begins anew, with all deaths forgiven. */
  restart(): void {
    this._policy.reset();
    this.endAttempt();
    if (this._config) this._running = this.run(this._config, this._attempt.signal);
    else this.setState({ kind: 'stopped' });
  }

  dispose(): void {
    this._config = undefined;
    this._idleMs = undefined;
    clearTimeout(this._idleTimer);
    this.endAttempt();
    this._changed.dispose();
  }

  /** Starts, loads, waits for the engine's death and starts again; ends with the attempt or a failure. */
  private async run(config: EngineConfig, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const failure = await this.runOnce(config, signal);
      if (signal.aborted) return;
      if (failure && failure.kind !== 'engine-gone') return this.setState({ kind: 'failed', error: failure });
      const waitMs = this._policy.afterDeath(performance.now());
      if (waitMs === undefined) {
        const error = new EngineError(
          'engine-gone',
          'The Deepwell engine stopped unexpectedly several times.',
        );
        return this.setState({ kind: 'failed', error });
      }
      this.setState({ kind: 'loading', fraction: 0 });
      await sleep(waitMs, signal).catch(() => undefined);
    }
  }

  /** One process from start to end. Resolves with what kept it from loading, or undefined after it had been ready. */
  private async runOnce(config: EngineConfig, signal: AbortSignal): Promise<EngineError | undefined> {
    this.setState({ kind: 'loading', fraction: 0 });
    let connection: EngineConnection | undefined;
    try {
      await Promise.all([this._closing, this._options.whenQuiet()]);
      if (signal.aborted) return undefined;
      // Loaded with the first engine: the protocol's libraries are most of the extension's code, and activation is short.
      const { EngineConnection } = await import('./engineConnection.ts');
      connection = await EngineConnection.open(await this.fork(signal), this._options.version);
      if (signal.aborted) return undefined;
      this._connection = connection;
      const engine = await this.load(connection, config, signal);
      if (signal.aborted) return undefined;
      this.setState({ kind: 'ready', engine });
      await connection.exited;
      return undefined;
    } catch (error) {
      const known = asEngineError(error);
      if (!signal.aborted) {
        const { reason } = known.details;
        this._options.log.error(
          `The engine could not be started. ${typeof reason === 'string' ? reason : ''}`,
          error,
        );
      }
      return known;
    } finally {
      if (this._connection === connection) this._connection = undefined;
      this._policy.forgive(connection?.answered ?? 0);
      await connection?.close();
    }
  }

  private async fork(signal: AbortSignal): Promise<ForkedProcess> {
    const engine = await this._options.fork();
    void engine.exited.then((how) => {
      const line = `Engine process ${engine.pid} ended: ${how}`;
      if (signal.aborted) this._options.log.info(line);
      else this._options.log.warn(line);
      // An engine that is asked to leave ends with code 0.
      if (signal.aborted || how === 'exit code 0') return;
      const death = { atMs: Date.now(), pid: engine.pid, how };
      this._deaths = [...this._deaths, death].slice(-REMEMBERED_DEATHS);
    });
    return engine;
  }

  private async load(
    connection: EngineConnection,
    config: EngineConfig,
    signal: AbortSignal,
  ): Promise<LoadedEngine> {
    const { modelPath: path, gpu } = config;
    const tuning = await (this._options.tune ?? untuned)(config);
    const contextTokens = tuning.contextTokens.value;
    const flashAttention = tuning.flashAttention.value;
    const facts = await connection.load(
      {
        model: path,
        path,
        contextTokens,
        threads: tuning.threads.value,
        gpu,
        ...(flashAttention !== undefined && { flashAttention }),
        probe: [...this._options.probe],
      },
      ({ fraction }) => {
        if (!signal.aborted) this.setState({ kind: 'loading', fraction });
      },
      signal,
    );
    return { connection, modelId: path, facts, config, tuning };
  }

  private endAttempt(): void {
    this._attempt.abort();
    this._attempt = new AbortController();
    const connection = this._connection;
    this._connection = undefined;
    this._closing = Promise.all([this._closing, connection?.close()]);
  }

  /** From now on, where nobody uses the engine. */
  private countIdle(): void {
    clearTimeout(this._idleTimer);
    if (this._idleMs === undefined || this._users > 0 || this._state.kind !== 'ready') return;
    this._idleTimer = setTimeout(() => this.sleep(), this._idleMs);
  }

  private sleep(): void {
    if (this._users > 0 || this._state.kind !== 'ready') return;
    this._options.log.info('Nobody asked for long: the engine ends until the next key');
    this.endAttempt();
    this.setState({ kind: 'asleep' });
  }

  private setState(state: EngineState): void {
    this._state = state;
    this.countIdle();
    this._changed.fire(state);
  }
}

function isSameConfig(a: EngineConfig | undefined, b: EngineConfig | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.modelPath === b.modelPath &&
    a.contextTokens === b.contextTokens &&
    a.threads === b.threads &&
    a.gpu === b.gpu &&
    a.contextIsSet === b.contextIsSet
  );
}

async function untuned(config: EngineConfig): Promise<Tuning> {
  return tuningOf(undefined, tuningSettings(config));
}

export function tuningSettings({
  threads,
  contextTokens,
  contextIsSet = true,
}: EngineConfig): TuningSettings {
  return { threads, contextTokens, contextIsSet };
}

function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new EngineError('internal', `The engine could not be started: ${message}.`, {}, { cause: error });
}
