import type { Log } from '../base/log.ts';
import { EngineError } from '../rpc/engineError.ts';
import {
  INDEX_PARAMS_SCHEMAS,
  INDEX_PROTOCOL_VERSION,
  type IndexParamsOf,
  type IndexRequests,
  type OpenReply,
} from '../rpc/indexProtocol.ts';
import type { CallContext, Handlers } from '../rpc/protocol.ts';
import type { Transport } from '../rpc/rpcClient.ts';
import { serve } from '../rpc/rpcServer.ts';
import { Indexer } from './indexer.ts';
import { findDefinitions } from './query/definitions.ts';
import { neighboursOf } from './query/fileQueries.ts';
import { lookUp } from './query/lookUp.ts';
import { findSimilar } from './query/similar.ts';
import { deleteDatabase, isDamage } from './store/database.ts';
import { openStore } from './store/openStore.ts';
import type { Store } from './store/store.ts';
import { Outliner } from './syntax/outliner.ts';
import { SyntaxOutliner } from './syntax/syntaxOutline.ts';

interface Opened {
  readonly path: string;
  readonly store: Store;
  readonly indexer: Indexer;
}

/**
 * The index process's root: one database, one handler per method. `exit` ends the process. Returns what closes the
 * database and then exits, for a transport that cannot tell by itself that it is closed.
 */
export function startIndex(transport: Transport, log: Log, exit: () => void): () => void {
  const index = new Index(log);
  let leaving = false;
  const leave = (): void => {
    if (leaving) return;
    leaving = true;
    index.close();
    exit();
  };
  serve(transport, INDEX_PARAMS_SCHEMAS, index.handlers(leave), log, leave);
  return leave;
}

class Index {
  private readonly _log: Log;
  private _opened: Opened | undefined;

  constructor(log: Log) {
    this._log = log;
  }

  handlers(leave: () => void): Handlers<IndexRequests> {
    /** Runs on the opened index. Damage that shows only now ends the process, and the next one begins anew. */
    const on = async <T>(work: (opened: Opened) => T | Promise<T>): Promise<T> => {
      const opened = this._opened;
      if (!opened) throw new EngineError('bad-request', 'The index is not open.');
      try {
        return await work(opened);
      } catch (error) {
        if (!isDamage(error)) throw error;
        this._log.error('The database is damaged and is made anew', error);
        this.close();
        deleteDatabase(opened.path);
        leave();
        throw new EngineError('engine-gone', 'The database is damaged.', {}, { cause: error });
      }
    };
    /** Queries see nothing that the rules exclude. */
    const query = <T>(work: (store: Store) => T): Promise<T> =>
      on(async ({ store, indexer }) => {
        await indexer.allowedOnly;
        return work(store);
      });
    return {
      hello: async ({ protocol }) => {
        if (protocol !== INDEX_PROTOCOL_VERSION) {
          throw new EngineError(
            'protocol',
            `The index speaks protocol ${INDEX_PROTOCOL_VERSION}, the host ${protocol}.`,
          );
        }
        return { protocol: INDEX_PROTOCOL_VERSION, pid: process.pid };
      },
      open: async (params) => this.open(params),
      walk: async ({ excludes }, { signal, report }: CallContext) =>
        on(({ indexer }) =>
          indexer.walk(excludes, signal, (doneFiles, totalFiles) => report({ doneFiles, totalFiles })),
        ),
      filesChanged: async ({ places }) =>
        on(async ({ indexer }) => ({ needsWalk: await indexer.changed(places) })),
      documentChanged: async ({ place, text }) =>
        on(async ({ indexer }) => {
          await indexer.documentChanged(place, text ?? undefined);
          return null;
        }),
      definitions: async ({ names, place, limit }) =>
        query((store) => findDefinitions(store, names, place ?? undefined, limit)),
      similar: async ({ text, place, limit }) =>
        query((store) => findSimilar(store, text, place ?? undefined, limit)),
      neighbours: async ({ place }) => query((store) => neighboursOf(store, place)),
      text: async ({ place }) => query((store) => store.text(place) ?? null),
      lookUp: async ({ text, limit }) => query((store) => lookUp(store, text, limit)),
      status: async () => ({
        pid: process.pid,
        memoryBytes: process.memoryUsage.rss(),
        peakMemoryBytes: 1024 * process.resourceUsage().maxRSS,
        files: this._opened?.store.size ?? 0,
      }),
      shutdown: async () => {
        setImmediate(leave);
        return null;
      },
    };
  }

  close(): void {
    const opened = this._opened;
    this._opened = undefined;
    try {
      opened?.store.close();
    } catch (error) {
      this._log.error('The database could not be closed', error);
    }
  }

  private open({ database: path, roots, anew }: IndexParamsOf<'open'>): OpenReply {
    if (this._opened) throw new EngineError('bad-request', 'The index is open already.');
    if (anew) deleteDatabase(path);
    const { store, madeAnew } = openStore(path);
    const indexer = new Indexer(store, new Outliner(new SyntaxOutliner(), this._log), roots);
    this._opened = { path, store, indexer };
    this._log.info(`Opened ${path}${madeAnew ? `, made anew: ${madeAnew}` : ''}`);
    return { madeAnew: madeAnew ?? null };
  }
}
