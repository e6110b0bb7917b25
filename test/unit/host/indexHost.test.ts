import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Cancelled } from '../../../src/base/abort.ts';
import { nullLog } from '../../../src/base/log.ts';
import { IndexHost } from '../../../src/host/indexHost.ts';
import type { ForkedProcess } from '../../../src/host/forkProcess.ts';
import { startIndex } from '../../../src/index/server.ts';
import { memoryTransport } from '../../support/memoryTransport.ts';
import { type Files, TemporaryFolder } from '../../support/temporaryFolder.ts';

/** An "index process" in this one, which dies when the test wants it to. */
class MemoryProcess implements ForkedProcess {
  readonly transport;
  readonly pid = 4711;
  readonly exited: Promise<string>;
  kill: () => void;

  constructor() {
    const channel = memoryTransport();
    this.transport = channel.host;
    let settle = (_how: string): void => undefined;
    this.exited = new Promise((resolve) => (settle = resolve));
    const leave = startIndex(channel.engine, nullLog, () => settle('exit code 0'));
    this.kill = () => {
      channel.close();
      leave();
    };
  }
}

const signal = new AbortController().signal;
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('IndexHost', () => {
  let folder: TemporaryFolder;
  let storage: TemporaryFolder;
  let host: IndexHost;
  let processes: MemoryProcess[];

  const uri = (path: string): string => `${pathToFileURL(folder.path).href}/${path}`;
  const config = (excludes: string[] = []) => ({
    database: join(storage.path, 'index.db'),
    folders: [{ uri: pathToFileURL(folder.path).href, path: folder.path }],
    excludes,
  });
  const where = async (name: string): Promise<string[]> => {
    const query = { names: [name], uri: uri('asking.ts'), limit: 5 };
    return (await host.definitions(query, signal)).map((each) => each.uri);
  };
  /** Files are read between turns of the event loop, as many as it takes; the clock of the host stands. */
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await turn();
  };
  const ready = () => until(() => host.state.kind === 'ready');

  beforeEach(async () => {
    folder = await TemporaryFolder.with();
    storage = await TemporaryFolder.with();
    processes = [];
    mock.timers.enable({ apis: ['setTimeout'] });
    host = new IndexHost({
      fork: async () => {
        const started = new MemoryProcess();
        processes.push(started);
        return started;
      },
      whenQuiet: async () => undefined,
      version: 'test',
      log: nullLog,
    });
  });
  afterEach(async () => {
    await host.stop();
    host.dispose();
    mock.timers.reset();
    await Promise.all([folder.remove(), storage.remove()]);
  });

  const start = async (files: Files) => {
    await folder.write(files);
    host.configure(config());
    await ready();
  };

  it('indexes what is configured, says so, and answers with URIs as VS Code writes them', async () => {
    const states: string[] = [];
    host.onDidChangeState(({ kind }) => {
      if (states.at(-1) !== kind) states.push(kind);
    });
    await start({ "it's (a).ts": "import './b';\nexport function one() {}\n", 'b.ts': '' });
    assert.deepEqual(states, ['indexing', 'ready']);
    assert.deepEqual(host.state, { kind: 'ready', files: 2 });
    assert.deepEqual(await where('one'), [uri('it%27s%20%28a%29.ts')]);
    const found = await host.neighbours(uri('it%27s%20%28a%29.ts'), signal);
    assert.deepEqual(found.imports, [uri('b.ts')]);
    const names = await host.lookUp('one', 5, signal);
    assert.deepEqual(
      names.symbols.map((each) => [each.name, each.uri]),
      [['one', uri('it%27s%20%28a%29.ts')]],
    );
  });

  it('finds nothing where it is off, and throws only where the asker aborts', async () => {
    assert.deepEqual(await where('one'), []);
    await assert.rejects(host.similar({ text: 'x', uri: 'x', limit: 1 }, AbortSignal.abort()), Cancelled);
  });

  it('walks again with other excludes, in the same process', async () => {
    await start({ 'a.ts': 'export function one() {}\n' });
    host.configure(config(['a.ts']));
    await until(() => host.state.kind === 'ready' && host.state.files === 0);
    assert.equal(processes.length, 1);
  });

  it('ignores a configuration equal to the one it has', async () => {
    await start({ 'a.ts': '' });
    host.configure(config());
    assert.equal(host.state.kind, 'ready');
    assert.equal(processes.length, 1);
  });

  it('passes on files that change, and walks where only that finds what is new', async () => {
    await start({ 'a.ts': 'export function one() {}\n', 'b.ts': 'export function two() {}\n' });
    await folder.write({ '.gitignore': 'a.ts\n' });
    host.filesChanged([uri('.gitignore')]);
    await until(() => host.state.kind === 'ready' && host.state.files === 2);
    assert.deepEqual(await where('one'), []);
    assert.deepEqual(await where('two'), [uri('b.ts')]);
  });

  it('sends an unsaved document when it rests, and again to the next process', async () => {
    await start({ 'a.ts': 'export function saved() {}\n' });
    let text = 'export function half() {}\n';
    host.documentChanged(uri('a.ts'), () => text);
    text = 'export function typed() {}\n';
    host.documentChanged(uri('a.ts'), () => text);
    assert.deepEqual(await where('saved'), [uri('a.ts')]);
    mock.timers.tick(500);
    while ((await where('typed')).length === 0) await turn();
    assert.deepEqual(await where('saved'), []);
    processes[0]?.kill();
    await until(() => host.state.kind === 'indexing');
    mock.timers.tick(100);
    await ready();
    assert.equal(processes.length, 2);
    assert.deepEqual([await where('typed'), await where('saved')], [[uri('a.ts')], []]);
  });

  it('has the text of what is indexed, and of nothing else', async () => {
    await start({ 'a.ts': 'export const one = 1;\n', '.deepwellignore': 'b.ts\n', 'b.ts': 'let b;\n' });
    const { signal } = new AbortController();
    const texts = ['a.ts', 'b.ts', 'c.ts'].map((path) => host.text(uri(path), signal));
    assert.deepEqual(await Promise.all(texts), ['export const one = 1;', undefined, undefined]);
  });

  it('starts a dead process again, with growing pauses, and at last gives up until it is rebuilt', async () => {
    await start({ 'a.ts': 'export function one() {}\n' });
    for (const pauseMs of [100, 1_000, 4_000]) {
      const before = processes.length;
      processes.at(-1)?.kill();
      while (processes.length === before) {
        await turn();
        mock.timers.tick(pauseMs / 10);
      }
      await ready();
    }
    processes.at(-1)?.kill();
    await until(() => host.state.kind === 'failed');
    assert.deepEqual(await where('one'), []);
    host.rebuild();
    await ready();
    assert.deepEqual(await where('one'), [uri('a.ts')]);
  });

  it('fails with the reason where the database cannot be opened', async () => {
    await storage.write({ file: '' });
    host.configure({ ...config(), database: join(storage.path, 'file', 'index.db') });
    await until(() => host.state.kind === 'failed');
    assert.ok(host.state.kind === 'failed' && /ENOTDIR|EEXIST|ENOENT/.test(host.state.message));
    assert.equal(processes.length, 1);
  });

  it('leaves no process behind', async () => {
    await start({ 'a.ts': '' });
    await host.stop();
    assert.equal(host.state.kind, 'off');
    await processes[0]?.exited;
  });
});
