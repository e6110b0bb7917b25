import assert from 'node:assert/strict';
import { engineOptions, type RawEngineOptions } from '../../../../src/core/models/engineOptions.ts';
import manifest from '../../../../package.json' with { type: 'json' };

const properties = manifest.contributes.configuration.properties;
const DEFAULTS: RawEngineOptions = {
  threads: properties['deepwell.threads'].default,
  gpu: properties['deepwell.gpu'].default,
  contextTokens: properties['deepwell.contextTokens'].default,
  idleUnloadMinutes: properties['deepwell.idleUnloadMinutes'].default,
};
const MINUTE_MS = 60_000;

describe('engineOptions', () => {
  it('has the manifest’s defaults where nothing is set', () => {
    const unset = {
      threads: undefined,
      gpu: undefined,
      contextTokens: undefined,
      idleUnloadMinutes: undefined,
    };
    const wanted = { threads: 0, gpu: 'auto', contextTokens: 8192, idleMs: 30 * MINUTE_MS };
    assert.deepEqual(engineOptions(DEFAULTS), wanted);
    assert.deepEqual(engineOptions(unset), wanted);
  });

  const rows: [set: Partial<RawEngineOptions>, read: Partial<ReturnType<typeof engineOptions>>][] = [
    [{ threads: 4 }, { threads: 4 }],
    [{ threads: 3.6 }, { threads: 4 }],
    [{ threads: -1 }, { threads: 0 }],
    [{ threads: 1e9 }, { threads: 256 }],
    [{ threads: '4' }, { threads: 0 }],
    [{ threads: NaN }, { threads: 0 }],
    [{ threads: null }, { threads: 0 }],
    [{ gpu: 'off' }, { gpu: 'off' }],
    [{ gpu: false }, { gpu: 'auto' }],
    [{ gpu: ['off'] }, { gpu: 'auto' }],
    [{ contextTokens: 16_384 }, { contextTokens: 16_384 }],
    [{ contextTokens: 0 }, { contextTokens: 1_024 }],
    [{ contextTokens: -Infinity }, { contextTokens: 1_024 }],
    [{ contextTokens: 1e12 }, { contextTokens: 131_072 }],
    [{ contextTokens: { tokens: 4096 } }, { contextTokens: 8_192 }],
    [{ contextTokens: 4096.4 }, { contextTokens: 4_096 }],
    [{ idleUnloadMinutes: 0 }, { idleMs: undefined }],
    [{ idleUnloadMinutes: -5 }, { idleMs: undefined }],
    [{ idleUnloadMinutes: 1 }, { idleMs: MINUTE_MS }],
    [{ idleUnloadMinutes: 0.5 }, { idleMs: MINUTE_MS / 2 }],
    [{ idleUnloadMinutes: Infinity }, { idleMs: 7 * 24 * 60 * MINUTE_MS }],
    [{ idleUnloadMinutes: true }, { idleMs: 30 * MINUTE_MS }],
  ];

  for (const [set, read] of rows) {
    it(`reads ${JSON.stringify(set)} as ${JSON.stringify(read)}`, () => {
      const wanted = { ...engineOptions(DEFAULTS), ...read };
      assert.deepEqual(engineOptions({ ...DEFAULTS, ...set }), wanted);
    });
  }

  it('keeps to the bounds that the settings editor shows', () => {
    for (const edge of ['minimum', 'maximum'] as const) {
      const { threads, contextTokens, idleMs } = engineOptions({
        gpu: 'auto',
        threads: properties['deepwell.threads'][edge],
        contextTokens: properties['deepwell.contextTokens'][edge],
        idleUnloadMinutes: properties['deepwell.idleUnloadMinutes'][edge],
      });
      assert.deepEqual(
        [threads, contextTokens, (idleMs ?? 0) / MINUTE_MS],
        [
          properties['deepwell.threads'][edge],
          properties['deepwell.contextTokens'][edge],
          properties['deepwell.idleUnloadMinutes'][edge],
        ],
      );
    }
  });
});
