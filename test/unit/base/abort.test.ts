import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { Cancelled, isCancelled, onAbort, raceAbort, sleep } from '../../../src/base/abort.ts';
import { FakeTime } from '../../support/fakeTime.ts';

describe('onAbort', () => {
  it('calls once, when the signal aborts', () => {
    const controller = new AbortController();
    let calls = 0;
    onAbort(controller.signal, () => calls++);
    assert.equal(calls, 0);
    controller.abort();
    controller.abort();
    assert.equal(calls, 1);
  });

  it('calls at once where it has already', () => {
    let calls = 0;
    onAbort(AbortSignal.abort(), () => calls++)();
    assert.equal(calls, 1);
  });

  it('does not call what was taken off', () => {
    const controller = new AbortController();
    onAbort(controller.signal, () => assert.fail())();
    controller.abort();
  });
});

describe('raceAbort', () => {
  const { signal } = new AbortController();

  it('settles as the promise does, and leaves no listener', async () => {
    assert.equal(await raceAbort(Promise.resolve(1), signal), 1);
    await assert.rejects(raceAbort(Promise.reject(new Error('no')), signal), /no/);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  it('rejects as soon as the signal aborts, and leaves no listener', async () => {
    const controller = new AbortController();
    const race = raceAbort(new Promise(() => undefined), controller.signal);
    controller.abort();
    await assert.rejects(race, isCancelled);
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
  });

  it('rejects for a signal that has aborted', async () => {
    await assert.rejects(raceAbort(new Promise(() => undefined), AbortSignal.abort()), Cancelled);
  });
});

describe('sleep', () => {
  let time: FakeTime;

  beforeEach(() => {
    time = new FakeTime();
  });

  afterEach(() => time.stop());

  it('waits as long as it is told', async () => {
    let awake = false;
    const slept = sleep(10).then(() => (awake = true));
    await time.pass(9);
    assert.equal(awake, false);
    await time.pass(1);
    assert.equal(awake, true);
    await slept;
  });

  it('wakes up when the signal aborts, and leaves no listener', async () => {
    const controller = new AbortController();
    const slept = sleep(10, controller.signal);
    controller.abort();
    await assert.rejects(slept, isCancelled);
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
  });
});
