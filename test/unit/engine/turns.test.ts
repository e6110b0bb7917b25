import assert from 'node:assert/strict';
import { Turns } from '../../../src/engine/turns.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('Turns', () => {
  it('gives one turn at a time, in order of asking', async () => {
    const turns = new Turns();
    const order: string[] = [];
    const take = async (name: string) => {
      const end = await turns.take();
      order.push(`${name} begins`);
      await settle();
      order.push(`${name} ends`);
      end();
    };
    await Promise.all([take('a'), take('b'), take('c')]);
    assert.deepEqual(order, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('counts who waits, and knows whether anyone is at work', async () => {
    const turns = new Turns();
    assert.deepEqual([turns.busy, turns.waiting], [false, 0]);
    const endFirst = await turns.take();
    const second = turns.take();
    const third = turns.take();
    assert.deepEqual([turns.busy, turns.waiting], [true, 2]);
    endFirst();
    const endSecond = await second;
    assert.deepEqual([turns.busy, turns.waiting], [true, 1]);
    endSecond();
    (await third)();
    assert.deepEqual([turns.busy, turns.waiting], [false, 0]);
  });
});
