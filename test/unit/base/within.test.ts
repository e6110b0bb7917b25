import assert from 'node:assert/strict';
import { LATE, within } from '../../../src/base/within.ts';
import { FakeTime, settled } from '../../support/fakeTime.ts';

describe('within', () => {
  let time: FakeTime;
  beforeEach(() => (time = new FakeTime()));
  afterEach(() => time.stop());

  it('is what comes in time', async () => {
    assert.equal(await within(Promise.resolve(7), 10), 7);
    await assert.rejects(within(Promise.reject(new Error('no')), 10), /no/);
  });

  it('is late from its time on, and not before', async () => {
    let answer: unknown = 'pending';
    void within(new Promise(() => undefined), 10).then((value) => (answer = value));
    await time.pass(9);
    assert.equal(answer, 'pending');
    await time.pass(1);
    assert.equal(answer, LATE);
  });

  it('leaves no rejection behind that nobody holds', async () => {
    let fail: (error: Error) => void = () => undefined;
    const late = within(new Promise((_resolve, reject) => (fail = reject)), 10);
    await time.pass(10);
    assert.equal(await late, LATE);
    fail(new Error('late'));
    // An unhandled rejection would end the run.
    await settled();
  });
});
