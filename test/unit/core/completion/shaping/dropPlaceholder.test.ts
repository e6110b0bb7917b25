import assert from 'node:assert/strict';
import { dropPlaceholder } from '../../../../../src/core/completion/shaping/dropPlaceholder.ts';
import { redactAll } from '../../../../../src/core/context/redaction/redactor.ts';
import { applied } from './applied.ts';

describe('drop placeholder', () => {
  it('drops a suggestion that repeats what stands for a secret, and ends its generation', () => {
    const { text } = redactAll(`'ghp_${'a1B2c3'.repeat(6)}';`);
    const dropped = { text: '', final: true };
    assert.deepEqual(applied(dropPlaceholder, 'token = |', text, { complete: false }), dropped);
    assert.deepEqual(applied(dropPlaceholder, 'token = |', `${text}\nnext`), dropped);
  });

  it('keeps others', () => {
    assert.equal(applied(dropPlaceholder, 'token = |', "'[REDACTED]';").text, "'[REDACTED]';");
  });
});
