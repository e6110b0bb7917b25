import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { nullLog } from '../../src/base/log.ts';
import { ModelDownloadError } from '../../src/core/ports/modelFiles.ts';
import { type ForkedProcess, forkProcess } from '../../src/host/forkProcess.ts';
import { LocalModelFiles } from '../../src/host/models/localModelFiles.ts';
import { ensureModel } from '../model/fetchModel.ts';
import { type FileServer, serveFiles } from '../support/fileServer.ts';

const ENGINE = resolve(import.meta.dirname, '../../src/engine/main.ts');
const live = new AbortController().signal;

describe('Model files, as the picker sees them', () => {
  let directory: string;
  let files: LocalModelFiles;
  let server: FileServer;
  const processes: ForkedProcess[] = [];

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'deepwell-'));
    server = await serveFiles({ '/a/b/c/coder.gguf': { bytes: Buffer.from('GGUF and so on') } });
    files = new LocalModelFiles({
      fork: async () => {
        const engine = await forkProcess(ENGINE, join(directory, 'engine.log'));
        processes.push(engine);
        return engine;
      },
      version: 'test',
      folder: join(directory, 'models'),
      log: nullLog,
    });
  });

  afterEach('no process is left', () => Promise.all(processes.map(({ exited }) => exited)));

  after(async () => {
    files.dispose();
    await server.die();
    await rm(directory, { recursive: true });
  });

  it('says of a real model what its memory depends on, and of a damaged one nothing', async () => {
    const path = await ensureModel();
    const { freeBytes, files: headers } = await files.inspect(
      [path, join(directory, 'none.gguf')],
      'off',
      live,
    );
    assert.ok(freeBytes > 0);
    const header = headers.get(path);
    assert.ok(header && headers.size === 1);
    const { layers, kvHeads, keyLength, valueLength, trainContextTokens, sizeBytes, writesText } = header;
    assert.deepEqual(
      { layers, kvHeads, keyLength, valueLength, trainContextTokens, sizeBytes, writesText },
      {
        layers: 30,
        kvHeads: 90,
        keyLength: 64,
        valueLength: 64,
        trainContextTokens: 8_192,
        sizeBytes: (await stat(path)).size,
        writesText: true,
      },
    );
  });

  it('locates, fetches and then finds a model', async () => {
    const address = `${server.url}/a/b/c/coder.gguf`;
    assert.deepEqual(await files.locate(address, live), { fileName: 'coder.gguf', sizeBytes: 14 });
    const path = await files.download(address, () => undefined, live);
    assert.equal(basename(path), 'coder.gguf');
    const found = await files.find();
    assert.deepEqual(
      found.filter(({ source }) => source === 'Deepwell'),
      [{ path, name: 'coder', sizeBytes: 14, source: 'Deepwell' }],
    );
    await rm(dirname(path), { recursive: true });
  });

  it('says what went wrong, and whether another try could help', async () => {
    const missing = files.locate(`${server.url}/a/b/c/none.gguf`, live);
    await assert.rejects(missing, (error) => error instanceof ModelDownloadError && !error.retry);
    const nonsense = files.locate('nonsense', live);
    await assert.rejects(nonsense, (error) => error instanceof ModelDownloadError && !error.retry);
  });

  it('does not fetch one model twice at a time, and ends with its signal', async () => {
    const address = `${server.url}/a/b/c/coder.gguf`;
    const cancel = new AbortController();
    const first = files.download(address, () => undefined, cancel.signal);
    await assert.rejects(
      files.download(address, () => undefined, live),
      /is being downloaded already/,
    );
    cancel.abort();
    await assert.rejects(first, { name: 'Cancelled' });
    await assert.rejects(files.inspect([], 'off', cancel.signal), { name: 'Cancelled' });
  });

  it('stops what is under way when all data is to be deleted, and works again afterwards', async () => {
    const fetching = files.download(`${server.url}/a/b/c/coder.gguf`, () => undefined, live);
    const stopped = assert.rejects(fetching, { name: 'Cancelled' });
    await files.stop();
    await stopped;
    assert.deepEqual((await files.inspect([], 'off', live)).files.size, 0);
  });
});
