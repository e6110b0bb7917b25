import assert from 'node:assert/strict';
import { describeError } from '../../../src/base/log.ts';

describe('describeError', () => {
  it('gives the stack', () => {
    assert.match(describeError(new TypeError('no')), /^TypeError: no\n +at /);
  });

  it('gives the causes', () => {
    const error = new Error('outer', { cause: new Error('inner', { cause: 'root' }) });
    assert.match(describeError(error), /Error: outer[^]*Caused by: Error: inner[^]*Caused by: root$/);
  });

  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  const rows: [value: unknown, words: string][] = [
    ['no', 'no'],
    [{ code: 1 }, '{"code":1}'],
    [null, 'null'],
    [undefined, 'undefined'],
    [12n, '12'],
    [circle, '[object Object]'],
  ];

  for (const [value, words] of rows) {
    it(`has words for ${words}`, () => assert.equal(describeError(value), words));
  }
});
