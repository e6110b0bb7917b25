import assert from 'node:assert/strict';
import { killWhileTyping } from '../soak/host/killWhileTyping.ts';
import { deepwell, revert } from './support.ts';

const KILLS = 5;

describe('an engine that is killed at random moments while a user types', () => {
  afterEach(revert);

  it('is replaced each time, and completes again', async function () {
    this.timeout(300_000);
    const { kills, engines } = await killWhileTyping(await deepwell(), { kills: KILLS, seed: 1 });
    assert.equal(kills.length, KILLS);
    assert.equal(engines, 1);
  });
});
