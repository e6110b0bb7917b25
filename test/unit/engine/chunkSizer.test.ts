import assert from 'node:assert/strict';
import { ChunkSizer } from '../../../src/engine/chunkSizer.ts';

const BUDGET_MS = 100;
const SIZES = [16, 32, 64, 128, 256, 512];

type Cost = (tokens: number) => number;

/** Sizes chosen one after the other on a machine where a chunk costs what `cost` says. */
function work(sizer: ChunkSizer, cost: Cost, chunks: number): number[] {
  return Array.from({ length: chunks }, () => {
    const size = sizer.next(100_000);
    sizer.observe(size, cost(size));
    return size;
  });
}

describe('ChunkSizer', () => {
  const perToken =
    (ms: number): Cost =>
    (tokens) =>
      ms * tokens;

  const settles: readonly [what: string, cost: Cost, size: number][] = [
    ['0.1 ms a token: the whole batch', perToken(0.1), 512],
    ['0.3 ms a token', perToken(0.3), 256],
    ['1 ms a token', perToken(1), 64],
    ['4 ms a token', perToken(4), 16],
    ['130 ms a token: the floor, whatever it costs', perToken(130), 16],
    ['every size costs 300 ms: larger is free', () => 300, 512],
    ['every size costs 40 ms', () => 40, 512],
    ['a step after 64', (tokens) => (tokens <= 64 ? 150 : 5 * tokens), 64],
  ];
  for (const [what, cost, size] of settles) {
    it(`settles at ${size}: ${what}`, () => {
      assert.equal(work(new ChunkSizer(BUDGET_MS, 512), cost, 40).at(-1), size);
    });
  }

  it('begins with the smallest size, before anything is known', () => {
    assert.equal(new ChunkSizer(BUDGET_MS, 512).size(), 16);
  });

  it('uses sizes of its table only', () => {
    const sizer = new ChunkSizer(BUDGET_MS, 512);
    let seed = 1;
    const noisy: Cost = (tokens) => ((seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647) * 3 * tokens;
    for (const size of work(sizer, noisy, 500)) assert.ok(SIZES.includes(size), `${size}`);
  });

  it('never exceeds the largest batch, nor what remains', () => {
    const sizer = new ChunkSizer(BUDGET_MS, 128);
    assert.equal(Math.max(...work(sizer, perToken(0.01), 40)), 128);
    assert.equal(sizer.next(40), 40);
    assert.equal(sizer.next(1), 1);
  });

  it('is not misled by what is not of its table', () => {
    const sizer = new ChunkSizer(BUDGET_MS, 512);
    sizer.observe(16, 10);
    const before = sizer.size();
    sizer.observe(17, 10_000);
    sizer.observe(1, 0.01);
    assert.equal(sizer.size(), before);
  });

  it('takes a slow chunk for a sign that smaller ones are slow too', () => {
    const sizer = new ChunkSizer(BUDGET_MS, 512);
    for (const size of [16, 32, 64, 128]) sizer.observe(size, size / 2);
    assert.equal(sizer.size(), 128);
    for (let i = 0; i < 5; i++) sizer.observe(128, 1_280);
    assert.equal(sizer.size(), 16);
  });

  it('recovers after a busy spell', () => {
    const sizer = new ChunkSizer(BUDGET_MS, 512);
    assert.equal(work(sizer, perToken(0.5), 40).at(-1), 128);
    assert.equal(work(sizer, perToken(25), 40).at(-1), 16);
    assert.equal(work(sizer, perToken(0.5), 40).at(-1), 128);
  });

  it('recovers after a busy spell where larger chunks cost the same', () => {
    const sizer = new ChunkSizer(BUDGET_MS, 512);
    work(sizer, () => 300, 40);
    work(sizer, perToken(25), 40);
    assert.equal(work(sizer, () => 300, 200).at(-1), 512);
  });

  it('follows a context that gets deeper: what was cheap at the beginning is measured no more', () => {
    const sizer = new ChunkSizer(BUDGET_MS, 512);
    let depth = 0;
    const deeper: Cost = (tokens) => tokens * (0.1 + (depth += tokens) / 10_000);
    const sizes = work(sizer, deeper, 400);
    const last = sizes.at(-1) ?? 0;
    assert.ok(last < 64, `still chunks of ${last} at ${depth} tokens`);
  });
});
