import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findModels } from '../../../../src/host/models/findModels.ts';
import { type Machine, modelFolders } from '../../../../src/host/models/modelFolders.ts';
import { WalkBudget } from '../../../../src/host/models/walk.ts';

const HASHES = ['a', 'b', 'c'].map((digit) => digit.repeat(64));
const [FIRST = '', SECOND = '', GONE = ''] = HASHES;

describe('findModels', function () {
  let home: string;
  beforeEach(async () => (home = await mkdtemp(join(tmpdir(), 'deepwell-home-'))));
  afterEach(() => rm(home, { recursive: true }));

  /** A file of `sizeBytes` that begins as a GGUF file does. */
  async function model(path: string, sizeBytes = 100): Promise<void> {
    await file(path, 'GGUF'.padEnd(sizeBytes, '.'));
  }

  async function file(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), text);
  }

  async function link(path: string, target: string): Promise<void> {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await symlink(join(home, target), join(home, path));
  }

  async function manifest(path: string, hash: string, mediaType = 'model'): Promise<void> {
    const layer = (type: string, of: string) => ({
      mediaType: `application/vnd.ollama.image.${type}`,
      digest: `sha256:${of}`,
    });
    await file(path, JSON.stringify({ layers: [layer('template', GONE), layer(mediaType, hash)] }));
  }

  /** What is found: name, bytes, source and the path below home. */
  async function found(machine: Partial<Machine> = {}, memoryBytes = 1e9, budget?: WalkBudget) {
    const folders = modelFolders({ platform: 'linux', home, env: {}, ...machine }).filter(({ path }) =>
      path.startsWith(home),
    );
    const models = await findModels(folders, memoryBytes, budget);
    return models.map(({ name, sizeBytes, source, path }) =>
      [name, sizeBytes, source, path.slice(home.length + 1).replaceAll('\\', '/')].join(' | '),
    );
  }

  it('finds nothing in an empty home', async () => assert.deepEqual(await found(), []));

  it('Ollama: by its manifests, under the name it lists them by', async () => {
    const blobs = '.ollama/models/blobs';
    const manifests = '.ollama/models/manifests/registry.ollama.ai';
    await model(`${blobs}/sha256-${FIRST}`, 10);
    await model(`${blobs}/sha256-${SECOND}`, 20);
    await manifest(`${manifests}/library/qwen2.5-coder/7b`, FIRST);
    // The same file by another name, once.
    await manifest(`${manifests}/library/qwen2.5-coder/latest`, FIRST);
    await manifest(`.ollama/models/manifests/hf.co/user/repo-coder/Q8_0`, SECOND);
    await manifest(`${manifests}/library/not-there/1b`, GONE);
    await manifest(`${manifests}/library/image-half/1b`, SECOND, 'projector');
    await file(`${manifests}/library/broken/1b`, '{"layers": [');
    await file(`${manifests}/library/odd/1b`, '{"layers": [null, 3]}');
    assert.deepEqual(await found(), [
      `qwen2.5-coder:7b | 10 | Ollama | ${blobs}/sha256-${FIRST}`,
      `hf.co/user/repo-coder:Q8_0 | 20 | Ollama | ${blobs}/sha256-${SECOND}`,
    ]);
  });

  it('LM Studio: below publisher and repository, in both of its folders', async () => {
    await model('.lmstudio/models/me/repo-GGUF/new-coder.gguf', 10);
    await model('.cache/lm-studio/models/me/repo-GGUF/old-coder.gguf', 20);
    assert.deepEqual(await found(), [
      'new-coder | 10 | LM Studio | .lmstudio/models/me/repo-GGUF/new-coder.gguf',
      'old-coder | 20 | LM Studio | .cache/lm-studio/models/me/repo-GGUF/old-coder.gguf',
    ]);
  });

  it('Hugging Face: through the links of its snapshots, each blob once', async () => {
    const repo = '.cache/huggingface/hub/models--me--coder';
    await model(`${repo}/blobs/${FIRST}`, 10);
    await link(`${repo}/snapshots/1111/coder-Q8_0.gguf`, `${repo}/blobs/${FIRST}`);
    await link(`${repo}/snapshots/2222/coder-Q8_0.gguf`, `${repo}/blobs/${FIRST}`);
    await link(`${repo}/snapshots/2222/gone.gguf`, `${repo}/blobs/${GONE}`);
    await model(`${repo}/blobs/stray.gguf`);
    assert.deepEqual(await found(), [
      `coder-Q8_0 | 10 | Hugging Face | ${repo}/snapshots/1111/coder-Q8_0.gguf`,
    ]);
  });

  const caches: readonly [
    platform: NodeJS.Platform,
    folder: string,
    env: (home: string) => Machine['env'],
  ][] = [
    ['linux', '.cache/llama.cpp', () => ({})],
    ['darwin', 'Library/Caches/llama.cpp', () => ({})],
    ['linux', 'elsewhere', (home) => ({ LLAMA_CACHE: join(home, 'elsewhere') })],
  ];
  for (const [platform, folder, env] of caches) {
    it(`llama.cpp: ${folder} on ${platform}`, async () => {
      await model(`${folder}/ggml-org_coder.gguf`);
      assert.deepEqual(await found({ platform, env: env(home) }), [
        `ggml-org_coder | 100 | llama.cpp | ${folder}/ggml-org_coder.gguf`,
      ]);
    });
  }

  it('node-llama-cpp: its own folder', async () => {
    await model('.node-llama-cpp/models/hf_me_coder.gguf');
    assert.deepEqual(await found(), [
      'hf_me_coder | 100 | node-llama-cpp | .node-llama-cpp/models/hf_me_coder.gguf',
    ]);
  });

  it('counts all parts of a split model, and leaves out one that lacks a part', async () => {
    const folder = '.lmstudio/models/me/big';
    await model(`${folder}/coder-00001-of-00002.gguf`, 10);
    await model(`${folder}/coder-00002-of-00002.gguf`, 20);
    await model(`${folder}/torn-coder-00001-of-00002.gguf`);
    await model(`${folder}/headless-coder-00002-of-00002.gguf`);
    assert.deepEqual(await found(), [`coder | 30 | LM Studio | ${folder}/coder-00001-of-00002.gguf`]);
  });

  it('leaves out what is no model that writes text', async () => {
    const folder = '.cache/llama.cpp';
    for (const name of ['mmproj-model-f16', 'nomic-embed-text', 'bge-m3', 'ggml-vocab-qwen2', 'a-reranker']) {
      await model(`${folder}/${name}.gguf`);
    }
    await file(`${folder}/text.gguf`, 'This is not a model.');
    await file(`${folder}/empty.gguf`, '');
    await model(`${folder}/coder.gguf.ipull`);
    await model(`${folder}/coder.gguf.downloadInProgress`);
    await mkdir(join(home, folder, 'folder.gguf'));
    assert.deepEqual(await found(), []);
  });

  it('puts models for code first, small before large, and what exceeds the memory last', async () => {
    const folder = '.cache/llama.cpp';
    await model(`${folder}/Llama-3.gguf`, 10);
    await model(`${folder}/big-coder.gguf`, 5_000);
    await model(`${folder}/DeepSeek-Coder-V2-Lite.gguf`, 200);
    await model(`${folder}/starcoder2-3b.gguf`, 100);
    const names = (await found({}, 1_000)).map((line) => line.split(' ')[0]);
    assert.deepEqual(names, ['starcoder2-3b', 'DeepSeek-Coder-V2-Lite', 'Llama-3', 'big-coder']);
  });

  it('ends in folders that contain themselves', async () => {
    await model('.lmstudio/models/me/repo/coder.gguf');
    await link('.lmstudio/models/me/repo/circle', '.lmstudio/models');
    await link('.lmstudio/models/self', '.lmstudio/models/self');
    assert.equal((await found()).length, 1);
  });

  it('goes only so deep, and looks only at so many', async () => {
    await model('.lmstudio/models/1/2/3/4/5/6/in-coder.gguf');
    await model('.lmstudio/models/1/2/3/4/5/6/7/out-coder.gguf');
    assert.equal((await found()).length, 1);
    assert.equal((await found({}, 1e9, new WalkBudget(3, 60_000))).length, 0);
  });

  it('passes over a folder that is a file', async () => {
    await file('.cache/llama.cpp', '');
    await file('.ollama/models/manifests', '');
    assert.deepEqual(await found(), []);
  });
});
