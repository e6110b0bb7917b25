import assert from 'node:assert/strict';
import { PACKAGES } from '../../../bench/crossfile/packages.ts';
import trained from '../../../../media/models/training/manifest.json' with { type: 'json' };

describe('the packages of cross-file lines', () => {
  it('are none that the starter was trained on', () => {
    const seen = new Set(trained.filter(({ role }) => role === 'train').map(({ name }) => name));
    assert.ok(seen.size > 100);
    assert.deepEqual(
      PACKAGES.filter(({ name }) => seen.has(name)),
      [],
    );
  });

  it('are of both languages in both halves', () => {
    const kinds = new Set(PACKAGES.map(({ half, language }) => `${half} ${language}`));
    assert.equal(kinds.size, 4);
  });
});
