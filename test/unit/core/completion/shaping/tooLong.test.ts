import assert from 'node:assert/strict';
import { tooLong } from '../../../../../src/core/completion/shaping/tooLong.ts';
import { applied } from './applied.ts';

describe('too long', () => {
  it('drops what VS Code would not show, and nothing shorter', () => {
    assert.equal(applied(tooLong, '|', 'x'.repeat(5_000)).text.length, 5_000);
    assert.equal(applied(tooLong, '|', 'x'.repeat(5_001)).text, '');
  });
});
