import assert from 'node:assert/strict';
import type { Calibration, MeasuredRun } from '../../../../src/core/models/calibration.ts';
import { type Tuning, tuningOf, type TuningSettings } from '../../../../src/core/models/tuning.ts';

/** 200 tokens a second of prefill, 20 of decode. */
const RUN: MeasuredRun = {
  ...{ flashAttention: false, threads: 1, depthTokens: 1_024 },
  ...{ prefillMs: 320, keyMs: 80, tokenMs: 50 },
};
const ON: MeasuredRun = { ...RUN, flashAttention: true };
const SETTINGS: TuningSettings = { threads: 0, contextTokens: 8_192, contextIsSet: false };

type Choices = { [name in keyof Omit<Tuning, 'speeds'>]?: Tuning[name] };

describe('how a model is run by what was timed', () => {
  const rows: readonly [
    what: string,
    runs: Calibration['runs'] | undefined,
    settings: Partial<TuningSettings>,
    choices: Choices,
  ][] = [
    [
      'nothing known: the defaults',
      undefined,
      {},
      {
        flashAttention: { value: undefined, why: 'not measured' },
        threads: { value: 0, why: 'not measured' },
        contextTokens: { value: 8_192, why: 'not measured' },
        suffixChars: { value: 320, why: 'not measured' },
        firstTokenMs: { value: undefined, why: 'not measured' },
      },
    ],
    [
      'nothing known: what the user set',
      undefined,
      { threads: 4, contextTokens: 16_384, contextIsSet: true },
      { threads: { value: 4, why: 'setting' }, contextTokens: { value: 16_384, why: 'setting' } },
    ],
    [
      'flash attention that is clearly quicker for a key',
      [RUN, { ...ON, keyMs: 60, tokenMs: 40 }],
      {},
      { flashAttention: { value: true, why: 'measured' } },
    ],
    [
      'flash attention that is a little quicker',
      [RUN, { ...ON, tokenMs: 46 }],
      {},
      { flashAttention: { value: undefined, why: 'confirmed' } },
    ],
    [
      'quicker in long prefills only, which are rare',
      [RUN, { ...ON, prefillMs: 160, keyMs: 136 }],
      {},
      { flashAttention: { value: undefined, why: 'confirmed' } },
    ],
    [
      'quicker at the beginning of a text, where it tells nothing',
      [
        { ...RUN, depthTokens: 0 },
        { ...ON, depthTokens: 0, keyMs: 20, tokenMs: 10 },
      ],
      {},
      { flashAttention: { value: undefined, why: 'not compared' } },
    ],
    [
      'half of the threads are quicker',
      [
        { ...RUN, threads: 7 },
        { ...RUN, threads: 4, keyMs: 50, tokenMs: 40 },
      ],
      {},
      { threads: { value: 4, why: 'measured' }, flashAttention: { value: undefined, why: 'not compared' } },
    ],
    [
      'half of the threads are quicker, and the user set others',
      [
        { ...RUN, threads: 7 },
        { ...RUN, threads: 4, keyMs: 50, tokenMs: 40 },
      ],
      { threads: 7 },
      { threads: { value: 7, why: 'setting' } },
    ],
    [
      'half of the threads are no quicker',
      [
        { ...RUN, threads: 7 },
        { ...RUN, threads: 4 },
      ],
      {},
      { threads: { value: 0, why: 'confirmed' } },
    ],
    [
      'the default context within a minute',
      [RUN],
      {},
      { contextTokens: { value: 8_192, why: 'confirmed' }, suffixChars: { value: 320, why: 'confirmed' } },
    ],
    [
      'at 60 tokens a second, a quarter of it',
      [{ ...RUN, prefillMs: 1_067 }],
      {},
      { contextTokens: { value: 2_048, why: 'measured' } },
    ],
    [
      'at 100 tokens a second, half of it',
      [{ ...RUN, prefillMs: 640 }],
      {},
      { contextTokens: { value: 4_096, why: 'measured' } },
    ],
    [
      'never less than 2,048',
      [{ ...RUN, prefillMs: 60_000 }],
      {},
      { contextTokens: { value: 2_048, why: 'measured' } },
    ],
    [
      'a small model keeps its small context',
      [{ ...RUN, prefillMs: 60_000 }],
      { contextTokens: 1_024 },
      { contextTokens: { value: 1_024, why: 'confirmed' } },
    ],
    [
      'the context that the user set, however slow',
      [{ ...RUN, prefillMs: 60_000 }],
      { contextTokens: 32_768, contextIsSet: true },
      { contextTokens: { value: 32_768, why: 'setting' } },
    ],
    [
      'a GPU: more of the text after the cursor',
      [{ ...RUN, prefillMs: 25, keyMs: 15, tokenMs: 10 }],
      {},
      {
        suffixChars: { value: 640, why: 'measured' },
        firstTokenMs: { value: 84, why: 'measured' },
      },
    ],
    [
      'a very quick one: 64 lines and no more',
      [{ ...RUN, prefillMs: 1, keyMs: 1, tokenMs: 1 }],
      {},
      { suffixChars: { value: 2_560, why: 'measured' } },
    ],
    ['what a key is expected to take', [RUN], {}, { firstTokenMs: { value: 580, why: 'measured' } }],
  ];
  for (const [what, runs, settings, choices] of rows) {
    it(what, () => {
      const tuning = tuningOf(runs && { runs }, { ...SETTINGS, ...settings });
      const chosen = Object.fromEntries(
        Object.entries(tuning).filter(([name]) => Object.hasOwn(choices, name)),
      );
      assert.deepEqual(chosen, choices);
    });
  }

  it('tells the speeds of the way it chose', () => {
    const runs: Calibration['runs'] = [RUN, { ...ON, prefillMs: 160, keyMs: 40, tokenMs: 25 }];
    assert.deepEqual(tuningOf({ runs }, SETTINGS).speeds, { prefill: 400, decode: 40, depthTokens: 1_024 });
    assert.equal(tuningOf(undefined, SETTINGS).speeds, undefined);
  });
});
