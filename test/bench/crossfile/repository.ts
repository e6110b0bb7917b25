import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nullLog } from '../../../src/base/log.ts';
import { forkProcess } from '../../../src/host/forkProcess.ts';
import { IndexHost } from '../../../src/host/indexHost.ts';
import { INDEX_ENTRY } from '../../support/realIndex.ts';
import { TemporaryFolder } from '../../support/temporaryFolder.ts';
import { TextsInMemory } from '../../support/textsInMemory.ts';
import { copySources, type SourcePackage } from './packages.ts';

const ENDING = { typescript: /\.tsx?$/, python: /\.py$/ };

/** A package as a workspace of its own: a copy of its sources, and the real index of them. */
export class Repository implements AsyncDisposable {
  readonly package: SourcePackage;
  readonly texts: TextsInMemory;
  readonly index: IndexHost;
  private readonly _folders: readonly TemporaryFolder[];

  private constructor(
    from: SourcePackage,
    texts: TextsInMemory,
    index: IndexHost,
    folders: readonly TemporaryFolder[],
  ) {
    this.package = from;
    this.texts = texts;
    this.index = index;
    this._folders = folders;
  }

  static async open(from: SourcePackage): Promise<Repository> {
    const workspace = await TemporaryFolder.with();
    const storage = await TemporaryFolder.with();
    await copySources(from, workspace.path);
    const paths = await readdir(workspace.path, { recursive: true });
    const texts = new TextsInMemory();
    for (const path of paths.sort()) {
      if (!ENDING[from.language].test(path) || path.endsWith('.d.ts')) continue;
      texts.files.set(path, (await readFile(join(workspace.path, path), 'utf8')).replaceAll('\r\n', '\n'));
    }
    const index = new IndexHost({
      fork: () => forkProcess(INDEX_ENTRY, join(storage.path, 'index.log')),
      whenQuiet: async () => undefined,
      version: 'bench',
      log: nullLog,
    });
    const ready = new Promise<void>((resolve, reject) => {
      index.onDidChangeState((state) => {
        if (state.kind === 'ready') resolve();
        if (state.kind === 'failed') reject(new Error(state.message));
      });
    });
    // The texts' URIs are those of paths below the root.
    const folders = [{ uri: 'file:///', path: workspace.path }];
    index.configure({ database: join(storage.path, 'index.db'), folders, excludes: [] });
    await ready;
    return new Repository(from, texts, index, [workspace, storage]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.index.stop();
    this.index.dispose();
    for (const folder of this._folders) await folder.remove();
  }
}
