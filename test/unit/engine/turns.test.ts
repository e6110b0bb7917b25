import assert from 'node:assert/strict';
import { type Rank, Turns } from '../../../src/engine/turns.ts';

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

  it('goes by rank, and within a rank by order of asking', async () => {
    const turns = new Turns();
    const end = await turns.take();
    const order: string[] = [];
    const asked: Rank[] = ['idle', 'chat', 'completion', 'chat', 'completion', 'idle'];
    const taken = asked.map(async (rank, index) => {
      const endOwn = await turns.take(rank);
      order.push(`${rank} ${index}`);
      endOwn();
    });
    end();
    await Promise.all(taken);
    assert.deepEqual(order, ['completion 2', 'completion 4', 'chat 1', 'chat 3', 'idle 0', 'idle 5']);
  });

  describe('who has the turn gives way', () => {
    /** What happens while a chat has the turn and gives way between its steps; `others` ask during the first. */
    async function steps(others: readonly Rank[]): Promise<string[]> {
      const turns = new Turns();
      const order: string[] = [];
      const end = await turns.take('chat');
      const taken = others.map(async (rank) => {
        const endOwn = await turns.take(rank);
        order.push(`${rank} begins`);
        await settle();
        order.push(`${rank} ends`);
        endOwn();
      });
      for (const step of [1, 2]) {
        order.push(`step ${step}`);
        await settle();
        await turns.giveWay('chat');
        assert.ok(turns.busy);
      }
      end();
      await Promise.all(taken);
      return order;
    }

    const rows: readonly [others: readonly Rank[], order: readonly string[]][] = [
      [[], ['step 1', 'step 2']],
      [['completion'], ['step 1', 'completion begins', 'completion ends', 'step 2']],
      [['chat'], ['step 1', 'step 2', 'chat begins', 'chat ends']],
      [['idle'], ['step 1', 'step 2', 'idle begins', 'idle ends']],
      [
        ['chat', 'completion'],
        ['step 1', 'completion begins', 'completion ends', 'step 2', 'chat begins', 'chat ends'],
      ],
    ];
    for (const [others, order] of rows) {
      it(`to ${others.join(' and ') || 'nobody'}`, async () => assert.deepEqual(await steps(others), order));
    }
  });
});
