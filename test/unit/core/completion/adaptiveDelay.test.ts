import assert from 'node:assert/strict';
import { AdaptiveDelay } from '../../../../src/core/completion/adaptiveDelay.ts';

describe('AdaptiveDelay', () => {
  // Gaps between keys, times to first token, the delay that follows. All in milliseconds.
  const rows: [title: string, gaps: number[], firstTokens: number[], delay: number][] = [
    ['knows nothing yet', [], [], 200],
    ['a fast model', [], [40], 40],
    ['a slow model, usual typing', [], [900], 216],
    ['a slow model, fast typing', [100, 100], [900], 120],
    ['a slow model, slow typing', [600, 600], [900], 350],
    ['pauses are no rhythm', [100, 5_000, 100], [900], 120],
    ['a rhythm changes slowly', [100, 200], [900], 144],
    ['a model gets slower slowly', [], [40, 140], 60],
  ];

  for (const [title, gaps, firstTokens, delay] of rows) {
    it(`${title}: ${delay}`, () => {
      const adaptive = new AdaptiveDelay();
      let now = 0;
      adaptive.key(now);
      for (const gap of gaps) adaptive.key((now += gap));
      for (const firstToken of firstTokens) adaptive.observe(firstToken);
      assert.equal(adaptive.delayMs(), delay);
    });
  }

  it('goes by what the model was timed at until it is seen at work', () => {
    const adaptive = new AdaptiveDelay();
    assert.equal(adaptive.delayMs(60), 60);
    adaptive.observe(40);
    assert.equal(adaptive.delayMs(60), 40);
  });

  it('soon forgets the minute it took to load the model', () => {
    const adaptive = new AdaptiveDelay();
    adaptive.observe(60_000);
    for (let request = 0; request < 10; request++) adaptive.observe(40);
    assert.ok(adaptive.delayMs() < 80, `${adaptive.delayMs()}`);
  });

  it('counts from the last key', () => {
    const adaptive = new AdaptiveDelay();
    assert.equal(adaptive.sinceKeyMs(5), Infinity);
    adaptive.key(5);
    assert.equal(adaptive.sinceKeyMs(12), 7);
  });
});
