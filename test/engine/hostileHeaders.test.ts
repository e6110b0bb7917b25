import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineError, type EngineErrorKind } from '../../src/rpc/engineError.ts';
import { arrayValue, ggufBytes, type GgufParts, stringValue } from '../support/ggufBytes.ts';
import { type BareEngine, startBareEngine } from '../support/realEngine.ts';

const HUGE = 2n ** 40n;
const LLAMA = [
  ['general.architecture', 'llama'],
  ...['context_length', 'block_count', 'embedding_length', 'feed_forward_length', 'attention.head_count'].map(
    (name) => [`llama.${name}`, 64] as const,
  ),
] as const;

describe('A hostile GGUF header', () => {
  let directory: string;
  let path: string;
  let engine: BareEngine;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'deepwell-'));
    path = join(directory, 'hostile.gguf');
    engine = await startBareEngine();
  });
  after(async () => {
    await engine.dispose();
    await rm(directory, { recursive: true });
  });

  const cases: readonly [what: string, parts: GgufParts, kinds: readonly EngineErrorKind[]][] = [
    ['a huge number of tensors', { metadata: LLAMA, tensorCount: HUGE }, ['truncated']],
    ['a huge number of entries', { metadata: LLAMA, metadataCount: HUGE }, ['truncated']],
    ['a huge string', { metadata: [...LLAMA, ['x', stringValue(HUGE)]] }, ['truncated']],
    ['a string of 3 GB', { metadata: [...LLAMA, ['x', stringValue(3e9)]] }, ['truncated']],
    ['a huge array', { metadata: [...LLAMA, ['x', arrayValue(4, HUGE)]] }, ['truncated']],
    [
      'a huge tensor',
      { metadata: LLAMA, tensors: [{ name: 'token_embd.weight', dimensions: [HUGE, HUGE] }] },
      ['load-failed', 'not-enough-memory', 'engine-gone'],
    ],
    ['no architecture', { tensors: [{ name: 'token_embd.weight', dimensions: [8] }] }, ['truncated']],
    ['nothing at all', {}, ['truncated']],
    ['a version of the future', { metadata: LLAMA, version: 99 }, ['load-failed']],
    [
      'a billion layers',
      {
        metadata: [...LLAMA.slice(0, 1), ...LLAMA.slice(1).map(([key]) => [key, 1_000_000_000] as const)],
        tensors: [{ name: 'token_embd.weight', dimensions: [8, 8] }],
      },
      ['load-failed', 'not-enough-memory', 'engine-gone'],
    ],
    [
      'no heads',
      {
        metadata: [...LLAMA.slice(0, 1), ...LLAMA.slice(1).map(([key]) => [key, 0] as const)],
        tensors: [{ name: 'token_embd.weight', dimensions: [8, 8] }],
      },
      ['load-failed', 'engine-gone'],
    ],
  ];
  for (const [what, parts, kinds] of cases) {
    it(`with ${what} is an error: ${kinds.join(' or ')}`, async () => {
      await writeFile(path, ggufBytes(parts));
      await truncate(path, 100_000);
      const error = await engine.load({ path }).catch((caught: unknown) => caught);
      assert.ok(error instanceof EngineError);
      assert.ok(kinds.includes(error.kind), `${error.kind}: ${error.message}`);
      if (error.kind === 'engine-gone') {
        await engine.dispose();
        engine = await startBareEngine();
      }
      const { memoryBytes } = await engine.client.request('status', {});
      assert.ok(memoryBytes < 1e9, `the engine holds ${memoryBytes} bytes`);
    });
  }
});
