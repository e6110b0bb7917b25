import { Cancelled, raceAbort, sleep } from '../base/abort.ts';
import type { Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/emitter.ts';
import type { Log } from '../base/log.ts';
import type {
  CodeIndex,
  CodeIndexState,
  Definition,
  DefinitionsQuery,
  Excerpt,
  IndexFeed,
  NamedPlaces,
  Neighbours,
  SimilarQuery,
} from '../core/ports/codeIndex.ts';
import { EngineError } from '../rpc/engineError.ts';
import type { IndexPlace, IndexRequests } from '../rpc/indexProtocol.ts';
import type { Method, Params, Reply } from '../rpc/protocol.ts';
import { FolderUris, type WorkspaceFolder } from './folderUris.ts';
import type { ForkedProcess } from './forkProcess.ts';
import type { IndexConnection } from './indexConnection.ts';
import { RestartPolicy } from './restartPolicy.ts';
import { UnsavedTexts } from './unsavedTexts.ts';

export interface IndexHostOptions {
  readonly fork: () => Promise<ForkedProcess>;
  /** Resolves when starting a process would not be felt: not between two keys. */
  readonly whenQuiet: () => Promise<void>;
  readonly version: string;
  readonly log: Log;
}

export interface IndexConfig {
  /** The database file, in the workspace's storage folder. */
  readonly database: string;
  readonly folders: readonly WorkspaceFolder[];
  /** Globs that `files.exclude` and `search.exclude` switch on, without those that have a `when`. */
  readonly excludes: readonly string[];
}

const NO_NEIGHBOURS: Neighbours = { imports: [], counterparts: [], siblings: [] };
const NO_NAMES = { files: [], symbols: [] };

/** The index gets no more of a query's text: what is similar shows in less. */
const LONGEST_QUERY_CHARS = 20_000;
const LONGEST_NAME_CHARS = 1_000;

/**
 * The {@link CodeIndex} in a process of its own: starts it, has it walk the workspace, passes on what changes, and when it dies
 * starts it again with a growing pause, until it has died too often.
 */
export class IndexHost implements CodeIndex, IndexFeed, Disposable {
  private readonly _options: IndexHostOptions;
  private readonly _policy = new RestartPolicy();
  private readonly _changed = new Emitter<CodeIndexState>();
  private readonly _unsaved: UnsavedTexts;
  private _uris = new FolderUris([]);
  private _config: IndexConfig | undefined;
  private _state: CodeIndexState = { kind: 'off' };
  private _connection: IndexConnection | undefined;
  private _answered = 0;
  /** Ends the current process: other folders, a rebuild or the end. */
  private _attempt = new AbortController();
  /** Ends the current walk: another one is to begin. */
  private _walk = new AbortController();
  private _running: Promise<unknown> = Promise.resolve();

  readonly onDidChangeState = this._changed.event;

  constructor(options: IndexHostOptions) {
    this._options = options;
    this._unsaved = new UnsavedTexts(
      (uri) => this._uris.placeOf(uri),
      (place, text) => void this.tell('documentChanged', { place, text }),
    );
  }

  get state(): CodeIndexState {
    return this._state;
  }

  /** Indexes these folders, or switches the index off where there is no configuration. Returns at once. */
  configure(config: IndexConfig | undefined): void {
    const before = this._config;
    this._config = config;
    this._uris = new FolderUris(config?.folders ?? []);
    if (!isSameIndex(config, before)) return this.start(false);
    const isSameWalk = String(config?.excludes) === String(before?.excludes);
    // A process that is still starting walks with the newest excludes.
    if (!isSameWalk && this._connection) this.walk(this._connection);
  }

  /** Forgets all that is indexed and begins anew; also after a failure. */
  rebuild(): void {
    this.start(true);
  }

  filesChanged(uris: readonly string[]): void {
    const places = uris.flatMap((uri) => this._uris.placeOf(uri) ?? []);
    if (places.length > 0) void this.tellOfFiles(places);
  }

  documentChanged(uri: string, read: (() => string | undefined) | undefined): void {
    this._unsaved.changed(uri, read);
  }

  async definitions(query: DefinitionsQuery, signal: AbortSignal): Promise<readonly Definition[]> {
    const { names, uri, limit } = query;
    const params = { names: [...names], place: this._uris.placeOf(uri) ?? null, limit };
    return this.named(await this.ask('definitions', params, signal, []));
  }

  async similar({ text, uri, limit }: SimilarQuery, signal: AbortSignal): Promise<readonly Excerpt[]> {
    const params = { text: text.slice(-LONGEST_QUERY_CHARS), place: this._uris.placeOf(uri) ?? null, limit };
    return this.named(await this.ask('similar', params, signal, []));
  }

  async neighbours(uri: string, signal: AbortSignal): Promise<Neighbours> {
    const place = this._uris.placeOf(uri);
    if (!place) return NO_NEIGHBOURS;
    const found = await this.ask('neighbours', { place }, signal, NO_NEIGHBOURS);
    const uris = (paths: readonly string[]): string[] =>
      paths.flatMap((path) => this._uris.uriOf({ root: place.root, path }) ?? []);
    return {
      imports: uris(found.imports),
      counterparts: uris(found.counterparts),
      siblings: uris(found.siblings),
    };
  }

  async text(uri: string, signal: AbortSignal): Promise<string | undefined> {
    const place = this._uris.placeOf(uri);
    return place ? ((await this.ask('text', { place }, signal, null)) ?? undefined) : undefined;
  }

  async lookUp(text: string, limit: number, signal: AbortSignal): Promise<NamedPlaces> {
    const found = await this.ask(
      'lookUp',
      { text: text.slice(0, LONGEST_NAME_CHARS), limit },
      signal,
      NO_NAMES,
    );
    return { files: this.named(found.files), symbols: this.named(found.symbols) };
  }

  /** Switches the index off; resolves when no process is left. */
  async stop(): Promise<void> {
    this.configure(undefined);
    await this._running;
  }

  dispose(): void {
    this.configure(undefined);
    this._unsaved.dispose();
    this._changed.dispose();
  }

  private start(anew: boolean): void {
    this._policy.reset();
    this._attempt.abort();
    this._attempt = new AbortController();
    const config = this._config;
    const { signal } = this._attempt;
    this.setState(config ? { kind: 'indexing', doneFiles: 0, totalFiles: 0 } : { kind: 'off' });
    // One process at a time has the database.
    this._running = this._running.then(() => config && this.run(config, anew, signal));
  }

  /** Starts, waits for the process's death and starts again; ends with the attempt or a failure. */
  private async run(config: IndexConfig, anew: boolean, signal: AbortSignal): Promise<void> {
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      const failure = await this.runOnce(config, anew && isFirst, signal).catch(asEngineError);
      if (signal.aborted) return;
      if (failure) this._options.log.error('The index could not be started', failure);
      if (failure && failure.kind !== 'engine-gone') {
        return this.setState({ kind: 'failed', message: failure.message });
      }
      this._policy.forgive(this._answered);
      this._answered = 0;
      const waitMs = this._policy.afterDeath(performance.now());
      if (waitMs === undefined) {
        return this.setState({
          kind: 'failed',
          message: 'The index of the workspace stopped several times.',
        });
      }
      this.setState({ kind: 'indexing', doneFiles: 0, totalFiles: 0 });
      await sleep(waitMs, signal).catch(() => undefined);
    }
  }

  /** One process from start to end. Rejects where it does not come to work. */
  private async runOnce(config: IndexConfig, anew: boolean, signal: AbortSignal): Promise<undefined> {
    this.setState({ kind: 'indexing', doneFiles: 0, totalFiles: 0 });
    await this._options.whenQuiet();
    if (signal.aborted) return undefined;
    // Loaded with the first process, as the engine's: activation is short without the protocol's libraries.
    const { IndexConnection } = await import('./indexConnection.ts');
    const connection = await IndexConnection.open(await this._options.fork(), this._options.version);
    try {
      if (signal.aborted) return undefined;
      const roots = config.folders.map(({ path }) => path);
      await connection.request('open', { database: config.database, roots, anew });
      if (signal.aborted) return undefined;
      this._connection = connection;
      this._unsaved.sendAll();
      this.walk(connection);
      const how = await raceAbort(connection.exited, signal);
      this._options.log.warn(`The index process ended: ${how}`);
      return undefined;
    } finally {
      if (this._connection === connection) this._connection = undefined;
      await connection.close();
    }
  }

  /** With the newest excludes, in place of a walk that is under way. */
  private walk(connection: IndexConnection): void {
    this._walk.abort();
    this._walk = new AbortController();
    void this.runWalk(connection, this._walk.signal);
  }

  private async runWalk(connection: IndexConnection, superseded: AbortSignal): Promise<void> {
    const isCurrent = (): boolean => this._connection === connection && !superseded.aborted;
    this.setState({ kind: 'indexing', doneFiles: 0, totalFiles: 0 });
    try {
      const { files, ...figures } = await connection.walk(
        { excludes: [...(this._config?.excludes ?? [])] },
        (progress) => {
          if (isCurrent()) this.setState({ kind: 'indexing', ...progress });
        },
        superseded,
      );
      if (!isCurrent()) return;
      this._options.log.info(`Indexed ${files} files: ${JSON.stringify(figures)}`);
      this.setState({ kind: 'ready', files });
    } catch (error) {
      const { kind, message } = asEngineError(error);
      // A process that died is started again, and walks anew.
      if (!isCurrent() || kind === 'engine-gone') return;
      this._options.log.error('The workspace could not be walked', error);
      this.setState({ kind: 'failed', message });
    }
  }

  private async tellOfFiles(places: IndexPlace[]): Promise<void> {
    const connection = this._connection;
    const reply = await this.tell('filesChanged', { places });
    if (reply?.needsWalk && connection && this._connection === connection) this.walk(connection);
  }

  /** A process that dies walks anew and finds what it was not told. */
  private async tell<M extends Method<IndexRequests>>(
    method: M,
    params: Params<IndexRequests, M>,
  ): Promise<Reply<IndexRequests, M> | undefined> {
    try {
      return await this._connection?.request(method, params);
    } catch (error) {
      this._options.log.debug(`${method}: ${String(error)}`);
      return undefined;
    }
  }

  private async ask<M extends Method<IndexRequests>>(
    method: M,
    params: Params<IndexRequests, M>,
    signal: AbortSignal,
    nothing: Reply<IndexRequests, M>,
  ): Promise<Reply<IndexRequests, M>> {
    if (signal.aborted) throw new Cancelled();
    if (!this._connection) return nothing;
    try {
      const reply = await raceAbort(this._connection.request(method, params, signal), signal);
      this._answered++;
      return reply;
    } catch (error) {
      if (signal.aborted) throw new Cancelled();
      this._options.log.debug(`${method}: ${String(error)}`);
      return nothing;
    }
  }

  /** With the URIs that the rest of the extension knows files by. */
  private named<T extends IndexPlace>(found: readonly T[]): (Omit<T, 'root'> & { uri: string })[] {
    return found.flatMap(({ root, ...rest }) => {
      const uri = this._uris.uriOf({ root, path: rest.path });
      return uri === undefined ? [] : { ...rest, uri };
    });
  }

  private setState(state: CodeIndexState): void {
    this._state = state;
    this._changed.fire(state);
  }
}

/** Whether one process with one database serves both; what is excluded is told with each walk. */
function isSameIndex(a: IndexConfig | undefined, b: IndexConfig | undefined): boolean {
  const identity = (config: IndexConfig | undefined) =>
    JSON.stringify(config && [config.database, config.folders.map(({ uri, path }) => [uri, path])]);
  return identity(a) === identity(b);
}

function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new EngineError('internal', message, {}, { cause: error });
}
