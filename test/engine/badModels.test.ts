import assert from 'node:assert/strict';
import { copyFile, mkdtemp, open, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelProblem } from '../../src/core/models/modelProblem.ts';
import { ModelUnavailable } from '../../src/core/ports/model.ts';
import type { EngineErrorKind } from '../../src/rpc/engineError.ts';
import { ensureModel } from '../model/fetchModel.ts';
import { ggufBytes } from '../support/ggufBytes.ts';
import { startRealEngine } from '../support/realEngine.ts';

/** More than the header of the small model. */
const HEADER_BYTES = 8_000_000;

describe('A model that cannot be used', () => {
  let model: string;
  let directory: string;
  before(async () => {
    model = await ensureModel();
    directory = await mkdtemp(join(tmpdir(), 'deepwell-'));
  });
  after(() => rm(directory, { recursive: true }));

  /** Loads `path` as the extension does, and looks at the error, at the problem shown, and at what a completion gets. */
  async function refuses(
    path: string | undefined,
    error: EngineErrorKind | undefined,
    problem: Pick<ModelProblem, 'kind' | 'action'>,
  ): Promise<string> {
    const engine = await startRealEngine({ modelPath: path, threads: 1 });
    try {
      const completion = engine.model.complete({
        prompt: () => ({ pieces: [{ text: 'a', leadingSpace: false }], heal: '' }),
        maxTokens: 1,
        signal: new AbortController().signal,
        onText: () => undefined,
      });
      const thrown = await completion.catch((caught: unknown) => caught);
      const { state } = engine.host;
      assert.equal(state.kind === 'failed' ? state.error.kind : undefined, error);
      const shown = engine.model.state;
      assert.ok(shown.kind === 'failed');
      const { kind, action, message } = shown.problem;
      assert.deepEqual({ kind, action }, problem);
      assert.ok(thrown instanceof ModelUnavailable && thrown.message === message);
      assert.ok(
        path === undefined ||
          error === 'not-enough-memory' ||
          message.includes(path) ||
          message.includes('nosuch'),
      );
      return message;
    } finally {
      engine.dispose();
    }
  }

  it('none is configured', async () => {
    await refuses(undefined, undefined, { kind: 'no-model', action: 'choose-model' });
  });

  it('the path is missing', async () => {
    const path = join(directory, 'none', 'missing.gguf');
    await refuses(path, 'model-missing', { kind: 'model-missing', action: 'choose-model' });
  });

  it('the path is a directory', async () => {
    await refuses(directory, 'not-gguf', { kind: 'not-gguf', action: 'choose-model' });
  });

  it('the file cannot be read: a link that leads to itself', async function () {
    if (process.platform === 'win32') this.skip();
    const path = join(directory, 'circle.gguf');
    await symlink(path, path);
    await refuses(path, 'model-unreadable', { kind: 'model-unreadable', action: 'choose-model' });
  });

  it('the file is a text', async () => {
    const path = join(directory, 'text.gguf');
    await writeFile(path, 'This is not a model.\n'.repeat(100));
    await refuses(path, 'not-gguf', { kind: 'not-gguf', action: 'choose-model' });
  });

  it('the file is empty', async () => {
    const path = join(directory, 'empty.gguf');
    await writeFile(path, '');
    await refuses(path, 'not-gguf', { kind: 'not-gguf', action: 'choose-model' });
  });

  for (const [what, bytes] of [
    ['its header', 100_000],
    ['its tensors', 40_000_000],
  ] as const) {
    it(`the file is cut in ${what}`, async () => {
      const path = join(directory, 'cut.gguf');
      await copyFile(model, path);
      await truncate(path, bytes);
      await refuses(path, 'truncated', { kind: 'truncated', action: 'choose-model' });
    });
  }

  it('one part of it is missing', async () => {
    const path = join(directory, 'model-00001-of-00002.gguf');
    await writeFile(path, ggufBytes({ metadata: [['general.architecture', 'llama']] }));
    const second = join(directory, 'model-00002-of-00002.gguf');
    const engine = await startRealEngine({ modelPath: path, threads: 1 });
    const failed = new Promise<string>((resolve) =>
      engine.model.onDidChangeState((state) => state.kind === 'failed' && resolve(state.problem.message)),
    );
    assert.ok((await failed).includes(second));
    engine.dispose();
  });

  it('the architecture is unknown', async () => {
    const path = join(directory, 'nosuch.gguf');
    const numbers = ['context_length', 'block_count', 'embedding_length', 'attention.head_count'];
    await writeFile(
      path,
      ggufBytes({
        metadata: [
          ['general.architecture', 'nosuch'],
          ...numbers.map((name) => [`nosuch.${name}`, 64] as const),
        ],
        tensors: [{ name: 'token_embd.weight', dimensions: [8, 8] }],
      }),
    );
    await truncate(path, 10_000);
    const message = await refuses(path, 'unsupported-architecture', {
      kind: 'unsupported-architecture',
      action: 'choose-model',
    });
    assert.match(message, /"nosuch"/);
  });

  it('it is larger than the memory, which is said with the numbers before anything is loaded', async function () {
    if (process.platform === 'win32') this.skip();
    const path = join(directory, 'huge.gguf');
    const [from, to] = [await open(model), await open(path, 'w')];
    const header = Buffer.alloc(HEADER_BYTES);
    await from.read(header, 0, HEADER_BYTES, 0);
    await to.write(header);
    await to.truncate(200e9);
    await Promise.all([from.close(), to.close()]);
    const message = await refuses(path, 'not-enough-memory', {
      kind: 'not-enough-memory',
      action: 'choose-model',
    });
    assert.match(message, /needs 200\.0 GB .* [\d.]+ GB are free/);
  });
});
