import assert from 'node:assert/strict';
import { Snooze } from '../../../../src/core/completion/snooze.ts';
import { FakeTime } from '../../../support/fakeTime.ts';

describe('Snooze', () => {
  let time: FakeTime;
  let snooze: Snooze;
  let changes: boolean[];

  beforeEach(() => {
    time = new FakeTime();
    snooze = new Snooze();
    changes = [];
    snooze.onDidChange(() => changes.push(snooze.active));
  });

  afterEach(() => {
    snooze.dispose();
    time.stop();
  });

  it('ends by itself', async () => {
    snooze.start(5);
    await time.pass(5 * 60_000 - 1);
    assert.deepEqual(changes, [true]);
    await time.pass(1);
    assert.deepEqual(changes, [true, false]);
  });

  it('ends when told, once', async () => {
    snooze.start(5);
    snooze.end();
    snooze.end();
    await time.pass(10 * 60_000);
    assert.deepEqual(changes, [true, false]);
  });

  it('begins anew when started again', async () => {
    snooze.start(5);
    await time.pass(4 * 60_000);
    snooze.start(5);
    await time.pass(4 * 60_000);
    assert.equal(snooze.active, true);
    await time.pass(60_000);
    assert.equal(snooze.active, false);
  });

  it('is over when disposed of', async () => {
    snooze.start(5);
    snooze.dispose();
    assert.equal(snooze.active, false);
    await time.pass(10 * 60_000);
    assert.deepEqual(changes, [true]);
  });
});
