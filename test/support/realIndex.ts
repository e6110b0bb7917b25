import { join, resolve } from 'node:path';
import { forkProcess } from '../../src/host/forkProcess.ts';
import { IndexConnection } from '../../src/host/indexConnection.ts';
import { TemporaryFolder } from './temporaryFolder.ts';

export const INDEX_ENTRY = resolve(import.meta.dirname, '../../src/index/main.ts');

/** The index from its TypeScript sources in a process of its own, with a database of its own. */
export class RealIndex {
  readonly connection: IndexConnection;
  private readonly _storage: TemporaryFolder;

  private constructor(connection: IndexConnection, storage: TemporaryFolder) {
    this.connection = connection;
    this._storage = storage;
  }

  /** @param storage of an earlier one, which goes on with its database. */
  static async on(root: string, storage?: TemporaryFolder): Promise<RealIndex> {
    const folder = storage ?? (await TemporaryFolder.with());
    const child = await forkProcess(INDEX_ENTRY, join(folder.path, 'index.log'));
    const connection = await IndexConnection.open(child, 'test');
    await connection.request('open', { database: join(folder.path, 'index.db'), roots: [root], anew: false });
    return new RealIndex(connection, folder);
  }

  get databasePath(): string {
    return join(this._storage.path, 'index.db');
  }

  /** Ends the process, and starts the next one on the same database. */
  async reopen(root: string): Promise<RealIndex> {
    await this.connection.close();
    return RealIndex.on(root, this._storage);
  }

  async dispose(): Promise<void> {
    await this.connection.close();
    await this._storage.remove();
  }
}
