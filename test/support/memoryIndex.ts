import { join } from 'node:path';
import { nullLog } from '../../src/base/log.ts';
import { startIndex } from '../../src/index/server.ts';
import {
  INDEX_PROTOCOL_VERSION,
  type IndexParamsOf,
  type IndexRequests,
  type WalkReply,
} from '../../src/rpc/indexProtocol.ts';
import { RpcClient } from '../../src/rpc/rpcClient.ts';
import { memoryTransport } from './memoryTransport.ts';
import { TemporaryFolder, type Files } from './temporaryFolder.ts';

/** The index's own server in this process, on one workspace folder and a database outside of it. */
export class MemoryIndex {
  readonly workspace: TemporaryFolder;
  readonly storage: TemporaryFolder;
  client!: RpcClient<IndexRequests>;
  /** Whether the "process" has ended. */
  exited = false;

  private constructor(workspace: TemporaryFolder, storage: TemporaryFolder) {
    this.workspace = workspace;
    this.storage = storage;
  }

  /** With these files, opened and, where not told otherwise, walked. */
  static async of(files: Files, { walked = true } = {}): Promise<MemoryIndex> {
    const index = new MemoryIndex(await TemporaryFolder.with(files), await TemporaryFolder.with());
    await index.open();
    if (walked) await index.walk();
    return index;
  }

  get database(): string {
    return join(this.storage.path, 'storage', 'index.db');
  }

  /** @returns why the database begins empty. */
  async open({ anew = false } = {}): Promise<string | null> {
    return this.openOn(this.workspace.path, anew);
  }

  /** On a workspace folder inside this one's. */
  async openOn(root: string, anew = false): Promise<string | null> {
    const channel = memoryTransport();
    this.exited = false;
    startIndex(channel.engine, nullLog, () => (this.exited = true));
    this.client = new RpcClient<IndexRequests>(channel.host, () => undefined);
    await this.client.request('hello', { protocol: INDEX_PROTOCOL_VERSION, client: 'test' });
    return (await this.client.request('open', { database: this.database, roots: [root], anew })).madeAnew;
  }

  /** Ends the "process"; {@link open} starts the next one on the same database. */
  async close(): Promise<void> {
    await this.client.request('shutdown', {});
    while (!this.exited) await new Promise((resolve) => setImmediate(resolve));
  }

  async walk(...excludes: string[]): Promise<WalkReply> {
    return this.client.request('walk', { excludes });
  }

  place(path: string): IndexParamsOf<'neighbours'>['place'] {
    return { root: this.workspace.path, path };
  }

  /** Writes files and tells the index. @returns whether a walk is needed. */
  async write(files: Files): Promise<boolean> {
    await this.workspace.write(files);
    return this.changed(...Object.keys(files));
  }

  async changed(...paths: string[]): Promise<boolean> {
    const places = paths.map((path) => this.place(path));
    return (await this.client.request('filesChanged', { places })).needsWalk;
  }

  async type(path: string, text: string | null): Promise<void> {
    await this.client.request('documentChanged', { place: this.place(path), text });
  }

  async definitions(names: string[], from?: string) {
    const place = from === undefined ? null : this.place(from);
    return this.client.request('definitions', { names, place, limit: 20 });
  }

  /** Where a name is defined, as `path:line`. */
  async where(name: string, from?: string): Promise<string[]> {
    return (await this.definitions([name], from)).map(({ path, firstLine }) => `${path}:${firstLine}`);
  }

  /** Windows like a text, as `path:line`. */
  async similar(text: string, from?: string): Promise<string[]> {
    const place = from === undefined ? null : this.place(from);
    const found = await this.client.request('similar', { text, place, limit: 10 });
    return found.map(({ path, firstLine }) => `${path}:${firstLine}`);
  }

  async dispose(): Promise<void> {
    if (!this.exited) await this.close();
    await Promise.all([this.workspace.remove(), this.storage.remove()]);
  }
}
