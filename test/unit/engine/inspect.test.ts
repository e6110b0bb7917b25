import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectModel } from '../../../src/engine/llama/inspect.ts';
import type { ModelHeader } from '../../../src/rpc/engineProtocol.ts';
import { arrayValue, ggufBytes, INT32 } from '../../support/ggufBytes.ts';

type Metadata = Parameters<typeof ggufBytes>[0]['metadata'];

describe('inspectModel', () => {
  let directory: string;
  before(async () => (directory = await mkdtemp(join(tmpdir(), 'deepwell-'))));
  after(() => rm(directory, { recursive: true }));

  async function headerOf(architecture: string, values: Record<string, number>, more: Metadata = []) {
    const path = join(directory, 'model.gguf');
    const metadata = Object.entries(values).map(([key, value]) => [`${architecture}.${key}`, value] as const);
    await writeFile(
      path,
      ggufBytes({ metadata: [['general.architecture', architecture], ...metadata, ...more] }),
    );
    const { fileBytes, ...header } = await inspectModel(path, new AbortController().signal);
    assert.equal(fileBytes, (await stat(path)).size);
    return header;
  }

  const LITE = {
    block_count: 27,
    context_length: 163_840,
    embedding_length: 2048,
    'attention.head_count': 16,
  };
  const rows: readonly [
    what: string,
    architecture: string,
    values: Record<string, number>,
    header: Omit<ModelHeader, 'fileBytes'>,
  ][] = [
    [
      'DeepSeek-V2 with full keys and values',
      'deepseek2',
      {
        ...LITE,
        'attention.head_count_kv': 16,
        'attention.key_length': 192,
        'attention.value_length': 128,
        'attention.kv_lora_rank': 512,
        'rope.dimension_count': 64,
      },
      {
        layers: 27,
        heads: 16,
        kvHeads: 432,
        keyLength: 192,
        valueLength: 128,
        trainContextTokens: 163_840,
        writesText: true,
      },
    ],
    [
      'DeepSeek-V2 with a compressed cache',
      'deepseek2',
      {
        ...LITE,
        'attention.head_count_kv': 1,
        'attention.key_length': 576,
        'attention.value_length': 512,
        'attention.key_length_mla': 192,
        'attention.value_length_mla': 128,
        'attention.kv_lora_rank': 512,
        'rope.dimension_count': 64,
      },
      {
        layers: 27,
        heads: 16,
        kvHeads: 27,
        keyLength: 576,
        valueLength: 512,
        latentLength: 576,
        trainContextTokens: 163_840,
        writesText: true,
      },
    ],
    [
      'lengths of heads not named',
      'qwen2',
      {
        block_count: 24,
        context_length: 32_768,
        embedding_length: 896,
        'attention.head_count': 14,
        'attention.head_count_kv': 2,
      },
      {
        layers: 24,
        heads: 14,
        kvHeads: 48,
        keyLength: 64,
        valueLength: 64,
        trainContextTokens: 32_768,
        writesText: true,
      },
    ],
    [
      'next to nothing named',
      'llama',
      { block_count: 2 },
      {
        layers: 2,
        heads: 1,
        kvHeads: 2,
        keyLength: 0,
        valueLength: 0,
        trainContextTokens: Number.MAX_SAFE_INTEGER,
        writesText: true,
      },
    ],
  ];
  for (const [what, architecture, values, header] of rows) {
    it(what, async () => assert.deepEqual(await headerOf(architecture, values), header));
  }

  it('adds up heads that differ between layers', async () => {
    const heads = Buffer.alloc(12);
    [4, 0, 8].forEach((each, index) => heads.writeInt32LE(each, 4 * index));
    const { kvHeads } = await headerOf('granitehybrid', { block_count: 3 }, [
      ['granitehybrid.attention.head_count_kv', arrayValue(INT32, 3, heads)],
    ]);
    assert.equal(kvHeads, 12);
  });

  const writers: readonly [what: string, architecture: string, more: Metadata, writesText: boolean][] = [
    ['a language model', 'llama', [['general.type', 'model']], true],
    ['an embedding model by its architecture', 'nomic-bert', [], false],
    ['an embedding model by its pooling', 'qwen3', [['qwen3.pooling_type', 3]], false],
    ['an adapter', 'llama', [['general.type', 'adapter']], false],
    ['the image half of a model', 'clip', [['general.type', 'mmproj']], false],
  ];
  for (const [what, architecture, more, writesText] of writers) {
    it(`${what} ${writesText ? 'writes' : 'does not write'} text`, async () => {
      assert.equal((await headerOf(architecture, { block_count: 1 }, more)).writesText, writesText);
    });
  }
});
