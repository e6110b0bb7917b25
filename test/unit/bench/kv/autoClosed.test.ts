import assert from 'node:assert/strict';
import { autoClosed } from '../../../bench/kv/autoClosed.ts';

describe('autoClosed', () => {
  for (const [typed, behind] of [
    ['a = ', ''],
    ['f(', ')'],
    ['f({ a: [', ']})'],
    ['f(a)', ''],
    ['f() {\n  g(', ')\n}'],
    ['f() {\n  g();\n}', ''],
    ['a) + (', ')'],
  ] as const) {
    it(`has ${JSON.stringify(behind)} behind ${JSON.stringify(typed)}`, () =>
      assert.equal(autoClosed(typed), behind));
  }
});
