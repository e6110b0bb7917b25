import assert from 'node:assert/strict';
import { DisposableStore, toDisposable } from '../../../src/base/disposable.ts';

describe('toDisposable', () => {
  it('releases once', () => {
    let released = 0;
    const disposable = toDisposable(() => released++);
    disposable.dispose();
    disposable.dispose();
    assert.equal(released, 1);
  });
});

describe('DisposableStore', () => {
  let released: string[];
  const item = (name: string) => toDisposable(() => released.push(name));

  beforeEach(() => {
    released = [];
  });

  it('releases in reverse order, once', () => {
    const store = new DisposableStore();
    store.add(item('first'));
    store.add(item('second'));
    store.dispose();
    store.dispose();
    assert.deepEqual(released, ['second', 'first']);
  });

  it('returns what it is given', () => {
    const own = item('own');
    assert.equal(new DisposableStore().add(own), own);
  });

  it('releases what comes too late at once', () => {
    const store = new DisposableStore();
    store.dispose();
    store.add(item('late'));
    assert.deepEqual(released, ['late']);
  });

  it('releases one alone, and what it does not own not at all', () => {
    const store = new DisposableStore();
    const own = store.add(item('own'));
    store.delete(own);
    store.delete(item('foreign'));
    store.dispose();
    assert.deepEqual(released, ['own']);
  });
});
