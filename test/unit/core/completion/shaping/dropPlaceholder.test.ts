import assert from 'node:assert/strict';
import { shape } from '../../../../../src/core/completion/shaping/shape.ts';
import { redactAll } from '../../../../../src/core/context/redaction/redactor.ts';
import { viewOfPicture } from '../../../../support/viewOfText.ts';

describe('drop placeholder', () => {
  const view = viewOfPicture('const token = |');

  it('drops a suggestion that repeats what stands for a secret, and ends its generation', () => {
    const { text } = redactAll(`'ghp_${'a1B2c3'.repeat(6)}';`);
    assert.deepEqual(shape(text, view, false), { text: '', final: true });
    assert.deepEqual(shape(`${text}\nnext`, view, true), { text: '', final: true });
  });

  it('keeps others', () => {
    assert.deepEqual(shape("'[REDACTED]';", view, true), { text: "'[REDACTED]';", final: true });
  });
});
