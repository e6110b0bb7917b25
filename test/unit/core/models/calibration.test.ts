import assert from 'node:assert/strict';
import { type LoadedMode, measurePlan } from '../../../../src/core/models/calibration.ts';

describe('what is timed of a model', () => {
  const CPU: LoadedMode = { backend: 'cpu', flashAttention: false, threads: 1, prefillSpeed: 240 };
  // Each mode as `flash attention/threads`.
  const rows: readonly [what: string, mode: Partial<LoadedMode>, depthTokens: number, modes: string][] = [
    ['both ways of attention behind what five seconds bring', {}, 1_152, 'off/1 on/1'],
    ['a quick machine, no deeper than a prompt often is', { prefillSpeed: 5_000 }, 2_048, 'off/1 on/1'],
    ['a compressed cache, begun the other way', { flashAttention: true }, 1_152, 'on/1 off/1'],
    ['just quick enough to tell', { prefillSpeed: 103 }, 512, 'off/1 on/1'],
    ['too slow to tell: as it is run, at the beginning', { prefillSpeed: 20 }, 0, 'off/1'],
    ['a speed that is not known', { prefillSpeed: undefined }, 0, 'off/1'],
    ['many threads, and half of them', { threads: 7 }, 1_152, 'off/7 on/7 off/4'],
    ['many threads of a slow machine', { threads: 15, prefillSpeed: 20 }, 0, 'off/15 off/8'],
    ['few threads are not halved', { threads: 3 }, 1_152, 'off/3 on/3'],
    ['nothing to choose on a GPU', { backend: 'cuda', flashAttention: 'auto', threads: 8 }, 0, 'on/8'],
  ];
  for (const [what, mode, depthTokens, modes] of rows) {
    it(what, () => {
      const plan = measurePlan({ ...CPU, ...mode });
      const text = plan.modes
        .map((each) => `${each.flashAttention ? 'on' : 'off'}/${each.threads}`)
        .join(' ');
      assert.deepEqual([plan.depthTokens, text], [depthTokens, modes]);
    });
  }
});
