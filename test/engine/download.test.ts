import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineErrorKind } from '../../src/rpc/engineError.ts';
import { EngineError } from '../../src/rpc/engineError.ts';
import type { DownloadReport, ModelAddress } from '../../src/rpc/engineProtocol.ts';
import { bytesAskedFor, type FileServer, type Served, serveFiles } from '../support/fileServer.ts';
import { type BareEngine, startBareEngine } from '../support/realEngine.ts';

/** Eight of the downloader's chunks: enough for three streams and for a part of them to be kept. */
const SIZE = 40 * 1024 * 1024;
const PATH = '/user/repo/resolve/main/small-Q4_K_M.gguf';

describe('A download, in a real engine process', () => {
  const bytes = Buffer.alloc(SIZE, 'a model of a few megabytes, ');
  bytes.write('GGUF');
  let directory: string;
  let server: FileServer | undefined;
  let engine: BareEngine | undefined;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'deepwell-'));
  });

  afterEach(async () => {
    await stopEngine();
    await server?.die();
    server = undefined;
    await rm(directory, { recursive: true });
  });

  async function serve(file: Omit<Served, 'bytes'> = {}, path = PATH): Promise<FileServer> {
    return (server = await serveFiles({ [path]: { bytes, ...file } }));
  }

  /** @param endpoint the hub that the engine is told of; its processes inherit the environment. */
  async function start(endpoint = server?.url ?? ''): Promise<BareEngine> {
    const before = process.env['HF_ENDPOINT'];
    process.env['HF_ENDPOINT'] = endpoint;
    try {
      return (engine = await startBareEngine());
    } finally {
      if (before === undefined) delete process.env['HF_ENDPOINT'];
      else process.env['HF_ENDPOINT'] = before;
    }
  }

  async function stopEngine(): Promise<void> {
    await engine?.dispose();
    engine = undefined;
  }

  const fromHub: ModelAddress = { kind: 'hf-quant', user: 'user', repo: 'repo', quant: 'Q4_K_M' };

  function download(
    address: ModelAddress = fromHub,
    {
      signal,
      ...options
    }: { signal?: AbortSignal; onProgress?: (report: DownloadReport) => void; stallTimeoutMs?: number } = {},
  ) {
    assert.ok(engine);
    return engine.client.request<'download', DownloadReport>(
      'download',
      { address, directory, stallTimeoutMs: options.stallTimeoutMs ?? 30_000 },
      { ...(signal && { signal }), ...(options.onProgress && { onProgress: options.onProgress }) },
    );
  }

  async function fails(kind: EngineErrorKind, message: RegExp, address = fromHub, stallTimeoutMs = 30_000) {
    const error = await download(address, { stallTimeoutMs }).catch((caught: unknown) => caught);
    assert.ok(error instanceof EngineError, `It did not fail: ${JSON.stringify(error)}`);
    assert.deepEqual([error.kind, message.test(error.message) || error.message], [kind, true]);
  }

  /** Waits until the server has stopped on the way, and the downloader has noted behind the bytes which of them it has. */
  async function partIsKept(server: FileServer): Promise<void> {
    const path = join(directory, 'user', 'repo', 'small-Q4_K_M.gguf.ipull');
    for (let turn = 0; turn < 3_000; turn++) {
      const kept = await readFile(path).catch(() => Buffer.alloc(0));
      // Behind the data the downloader keeps a record, with a 2 for each chunk that is all there.
      const record = kept.subarray(SIZE).toString();
      if (/"chunks":\[[\d,]*2/.test(record) && server.sentBytes >= server.holdAfterBytes) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.fail(`${server.sentBytes} bytes were sent, and no chunk kept.`);
  }

  const rangesOf = ({ requests }: FileServer) => requests.filter((each) => each.includes('bytes='));

  it('fetches, reports and checks the file that a repository has for a quantization', async () => {
    await serve();
    const reports: DownloadReport[] = [];
    const { client } = await start();
    const located = await client.request('locate', { address: fromHub });
    assert.deepEqual(located, { fileName: 'small-Q4_K_M.gguf', sizeBytes: SIZE });
    const reply = await download(fromHub, { onProgress: (report) => reports.push(report) });
    const path = join(directory, 'user', 'repo', 'small-Q4_K_M.gguf');
    assert.deepEqual(reply, { path, sizeBytes: SIZE, checkedFiles: 1 });
    assert.ok(bytes.equals(await readFile(path)));
    assert.deepEqual(await readdir(join(directory, 'user', 'repo')), ['small-Q4_K_M.gguf']);
    assert.ok(reports.length > 0 && reports.every(({ totalBytes }) => totalBytes === SIZE));
  });

  it('takes a file from any server, which has no hash to check', async () => {
    const { url } = await serve({}, '/models/other.gguf');
    await start('http://localhost:1');
    const reply = await download({ kind: 'url', url: `${url}/models/other.gguf?a=b` });
    assert.deepEqual(reply, {
      path: join(directory, '127.0.0.1', 'other.gguf'),
      sizeBytes: SIZE,
      checkedFiles: 0,
    });
    assert.ok(bytes.equals(await readFile(reply.path)));
  });

  it('is not fetched again where it is there', async () => {
    const { requests } = await serve();
    await start();
    await download();
    requests.length = 0;
    await download();
    assert.deepEqual(
      requests.filter((each) => each.includes('bytes=')),
      [],
    );
  });

  it('goes on after a cancel with what is missing', async () => {
    const server = await serve();
    server.holdAfterBytes = SIZE * 0.7;
    await start();
    const cancel = new AbortController();
    const first = download(fromHub, { signal: cancel.signal });
    await partIsKept(server);
    cancel.abort();
    await assert.rejects(first, { kind: 'cancelled' });
    await stopEngine();
    await resumes(server);
  });

  it('goes on after its process was killed', async () => {
    const server = await serve();
    server.holdAfterBytes = SIZE * 0.7;
    await start();
    const first = download();
    await partIsKept(server);
    const gone = assert.rejects(first, { kind: 'engine-gone' });
    await stopEngine();
    await gone;
    await resumes(server);
  });

  async function resumes(server: FileServer): Promise<void> {
    assert.deepEqual(await readdir(join(directory, 'user', 'repo')), ['small-Q4_K_M.gguf.ipull']);
    Object.assign(server, { holdAfterBytes: Infinity, sentBytes: 0 });
    server.requests.length = 0;
    await start();
    const { path } = await download();
    assert.ok(bytes.equals(await readFile(path)));
    const asked = bytesAskedFor(server);
    assert.ok(asked > 0 && asked < SIZE, server.requests.join('\n'));
  }

  it('ends with one error when the server dies in the middle, and goes on with another try', async () => {
    const server = await serve();
    server.holdAfterBytes = SIZE * 0.7;
    await start();
    const failed = fails('offline', /^127\.0\.0\.1:\d+ has sent nothing for 2 seconds\.$/, fromHub, 2_000);
    await partIsKept(server);
    await server.die();
    await failed;
    const files = await readdir(join(directory, 'user', 'repo'));
    assert.deepEqual(files, ['small-Q4_K_M.gguf.ipull']);
  });

  it('asks for a new address where its own is refused meanwhile', async () => {
    const server = await serve();
    server.holdAfterBytes = SIZE * 0.5;
    await start();
    const cancel = new AbortController();
    const first = download(fromHub, { signal: cancel.signal });
    await partIsKept(server);
    cancel.abort();
    await assert.rejects(first, { kind: 'cancelled' });
    server.holdAfterBytes = Infinity;
    server.rangeStatuses.push(403);
    const { path } = await download();
    assert.ok(bytes.equals(await readFile(path)));
  });

  it('gives up where every address is refused', async () => {
    const server = await serve();
    server.rangeStatuses.push(...Array.from({ length: 100 }, () => 403));
    await start();
    await fails('access-denied', /does not give this file to everyone/);
  });

  it('removes a file whose hash is not the one the hub names', async () => {
    await serve({ sha256: createHash('sha256').update('another').digest('hex') });
    await start();
    await fails('wrong-download', /is damaged: its SHA-256 is not the one named; it was removed\.$/);
    assert.deepEqual(await readdir(join(directory, 'user', 'repo')), []);
  });

  it('removes what is no model', async () => {
    server = await serveFiles({ '/page.gguf': { bytes: Buffer.from('Log in to this network first.') } });
    await start();
    await fails('wrong-download', /is not a GGUF file/, { kind: 'url', url: `${server.url}/page.gguf` });
    assert.deepEqual(await readdir(join(directory, '127.0.0.1')), []);
  });

  const refusals: readonly [
    what: string,
    file: Omit<Served, 'bytes'>,
    kind: EngineErrorKind,
    message: RegExp,
  ][] = [
    ['404', { status: 404 }, 'not-found', /has no file \/user\/repo\/resolve\/main\/small-Q4_K_M\.gguf\.$/],
    ['401', { status: 401 }, 'access-denied', /may need a login/],
    ['a gated model', { status: 403, errorCode: 'GatedRepo' }, 'access-denied', /accepted its terms/],
    [
      'a repository that is not there',
      { status: 401, errorCode: 'RepoNotFound' },
      'not-found',
      /no such repo/,
    ],
    ['500', { status: 500 }, 'server-error', /answered with error 500\.$/],
  ];
  for (const [what, file, kind, message] of refusals) {
    it(`${what}: ${kind}`, async () => {
      await serve(file);
      await start();
      await fails(kind, message);
    });
  }

  it('a quantization that the repository lacks: not-found', async () => {
    await serve();
    await start();
    await fails('not-found', /^user\/repo has no file of quantization Q2_K\.$/, {
      ...fromHub,
      quant: 'Q2_K',
    });
  });

  it('no network: offline', async () => {
    const { url } = await serve();
    await server?.die();
    await start(url);
    await fails('offline', /^127\.0\.0\.1:\d+ cannot be reached\.$/);
  });

  it('a folder that is a file: no download is begun', async () => {
    await serve();
    await start();
    await writeFile(join(directory, 'user'), '');
    const error = await download().catch((caught: unknown) => caught);
    assert.ok(error instanceof EngineError);
    assert.deepEqual(server && rangesOf(server), []);
  });
});
