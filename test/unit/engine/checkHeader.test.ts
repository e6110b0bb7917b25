import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkHeader } from '../../../src/engine/llama/checkHeader.ts';
import { arrayValue, ggufBytes, type GgufParts, stringValue } from '../../support/ggufBytes.ts';

const HUGE = 2n ** 62n;
const SOUND: GgufParts = {
  metadata: [
    ['general.architecture', 'llama'],
    ['llama.context_length', 8192],
    [
      'tokenizer.ggml.tokens',
      arrayValue(8, 2, Buffer.from('\x01\0\0\0\0\0\0\0a\x02\0\0\0\0\0\0\0bc', 'latin1')),
    ],
    ['tokenizer.ggml.scores', arrayValue(6, 2, Buffer.alloc(8))],
  ],
  tensors: [{ name: 'token_embd.weight', dimensions: [64, 2] }],
};

describe('checkHeader', () => {
  let directory: string;
  let path: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'deepwell-'));
    path = join(directory, 'model.gguf');
  });
  after(() => rm(directory, { recursive: true }));

  async function check(bytes: Buffer, fileBytes = bytes.length): Promise<void> {
    await writeFile(path, bytes);
    if (fileBytes > bytes.length) await truncate(path, fileBytes);
    checkHeader(path, fileBytes);
  }

  it('accepts a sound header', async () => {
    await check(ggufBytes(SOUND));
    await check(ggufBytes({}));
  });

  it('refuses a sound header cut anywhere', async () => {
    const bytes = ggufBytes(SOUND);
    for (let length = 4; length < bytes.length; length++) {
      await assert.rejects(check(bytes.subarray(0, length)), `cut at ${length} of ${bytes.length}`);
    }
  });

  it('reads across the pieces it reads in', async () => {
    const long = 'x'.repeat(1024 * 1024 - 100);
    const metadata = Array.from({ length: 5 }, (_, index) => [`key${index}`, long] as const);
    await check(ggufBytes({ ...SOUND, metadata: [...metadata, ...(SOUND.metadata ?? [])] }));
  });

  const hostile: readonly [what: string, parts: GgufParts][] = [
    ['a huge number of tensors', { ...SOUND, tensorCount: HUGE }],
    ['a huge number of entries', { ...SOUND, metadataCount: HUGE }],
    ['more tensors than bytes', { ...SOUND, tensorCount: 100_000_000 }],
    ['more entries than bytes', { ...SOUND, metadataCount: 100_000_000 }],
    ['a huge string', { metadata: [['a', stringValue(HUGE)]] }],
    ['a huge array of numbers', { metadata: [['a', arrayValue(4, HUGE)]] }],
    ['a huge array of strings', { metadata: [['a', arrayValue(8, HUGE)]] }],
    ['an array of arrays', { metadata: [['a', arrayValue(9, 1, Buffer.alloc(12))]] }],
    ['a type there is none of', { metadata: [['a', arrayValue(99, 1)]] }],
    ['a tensor of very many dimensions', { tensors: [{ name: 't', dimensions: Array<number>(9).fill(1) }] }],
    ['a tensor behind the end', { tensors: [{ name: 't', dimensions: [1], offset: HUGE }] }],
  ];
  for (const [what, parts] of hostile) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(check(ggufBytes(parts)), Error);
      // A large file of nothing makes such counts look possible.
      await assert.rejects(check(ggufBytes(parts), 50_000_000), Error);
    });
  }
});
