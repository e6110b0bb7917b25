import assert from 'node:assert/strict';
import { Prefiller } from '../../../src/engine/prefiller.ts';
import { ScriptedModel } from '../../support/scriptedBinding.ts';

describe('Prefiller', () => {
  const rows: readonly [
    what: string,
    cached: number,
    shared: number,
    asked: number,
    kept: number,
    of64: number,
  ][] = [
    ['nothing is cached', 0, 0, 200, 0, 0],
    ['the beginning is cached', 100, 100, 200, 100, 100],
    ['they part in the middle', 100, 60, 200, 60, 60],
    ['all is cached: the last token is evaluated again', 100, 100, 100, 99, 99],
    ['more is cached', 150, 100, 100, 99, 99],
    ['few tokens are left', 100, 100, 132, 100, 100],
    ['33 to 63 are left, which cost more than 64', 100, 100, 150, 100, 86],
    ['33 to 63 are all there is', 10, 10, 50, 10, 0],
    ['64 are left', 100, 100, 164, 100, 100],
  ];
  for (const [what, cached, shared, asked, kept, keptOf64] of rows) {
    for (const prefersChunksOf64 of [false, true]) {
      it(`${what}${prefersChunksOf64 ? ', where batches of 64 are quicker' : ''}`, async () => {
        const { sequence } = new ScriptedModel({ prefersChunksOf64 });
        const prefiller = new Prefiller(sequence);
        const tokens = Array.from({ length: asked }, (_, index) => (index < shared ? 1 : 2));
        if (cached > 0) {
          await sequence.prefill(Array.from({ length: cached }, (_, index) => (index < shared ? 1 : 3)));
        }
        const expected = prefersChunksOf64 ? keptOf64 : kept;
        assert.equal(await prefiller.adapt(tokens), expected);
        assert.equal(sequence.length, expected);
      });
    }
  }

  it('knows its speed once it has evaluated something', async () => {
    const { sequence } = new ScriptedModel();
    const prefiller = new Prefiller(sequence);
    assert.equal(prefiller.speed, undefined);
    await prefiller.prefill(Array.from({ length: 16 }, () => 1));
    assert.ok((prefiller.speed ?? 0) > 0);
    assert.equal(sequence.length, 16);
  });
});
