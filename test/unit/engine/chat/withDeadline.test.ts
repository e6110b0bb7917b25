import assert from 'node:assert/strict';
import { DeadlinePassed, withDeadline } from '../../../../src/engine/chat/withDeadline.ts';

describe('withDeadline', () => {
  it('returns what the work returns, also nothing', () => {
    assert.equal(
      withDeadline(1000, () => 'done'),
      'done',
    );
    assert.equal(
      withDeadline(1000, () => undefined),
      undefined,
    );
  });

  it('throws what the work throws', () => {
    const error = new TypeError('own');
    assert.throws(
      () =>
        withDeadline(1000, () => {
          throw error;
        }),
      (thrown) => thrown === error,
    );
  });

  it('ends what goes round for ever, whatever it catches', () => {
    const forEver = (): void => {
      for (;;) {
        try {
          for (;;);
        } catch {
          continue;
        }
      }
    };
    assert.throws(() => withDeadline(20, forEver), DeadlinePassed);
    assert.equal(
      withDeadline(1000, () => 1 + 1),
      2,
    );
  });
});
