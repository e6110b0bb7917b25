import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/emitter.ts';

describe('Emitter', () => {
  it('tells every listener, in order', () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    emitter.event((value) => heard.push(`a${value}`));
    emitter.event((value) => heard.push(`b${value}`));
    emitter.fire(1);
    assert.deepEqual(heard, ['a1', 'b1']);
  });

  it('takes off one of two equal listeners', () => {
    const emitter = new Emitter<number>();
    let heard = 0;
    const listener = (value: number) => (heard += value);
    const first = emitter.event(listener);
    emitter.event(listener);
    first.dispose();
    first.dispose();
    emitter.fire(1);
    assert.equal(heard, 1);
  });

  it('tells those that were there when it fired', () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    emitter.event(() => emitter.event((value) => heard.push(value)));
    emitter.fire(1);
    assert.deepEqual(heard, []);
  });

  it('tells the others when one throws, and does not swallow the error', async () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    const mocha = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    const thrown = new Promise((resolve) => process.once('uncaughtException', resolve));
    try {
      emitter.event(() => {
        throw new Error('A bug.');
      });
      emitter.event((value) => heard.push(value));
      emitter.fire(1);
      assert.deepEqual(heard, [1]);
      assert.match(String(await thrown), /A bug/);
    } finally {
      for (const listener of mocha) process.on('uncaughtException', listener);
    }
  });

  it('tells nobody after it was disposed of', () => {
    const emitter = new Emitter<number>();
    emitter.event(() => assert.fail());
    emitter.dispose();
    emitter.fire(1);
  });
});
