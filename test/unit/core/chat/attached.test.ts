import assert from 'node:assert/strict';
import { detailOf, isSamePlace, labelOf } from '../../../../src/core/chat/attached.ts';
import { attachment } from '../../../support/chat/turns.ts';

const TEXT = 'one\ntwo\nthree\nfour\n';

describe('what is attached to a question', () => {
  // First line, line behind the last, text, label, detail.
  const rows: [number, number | undefined, string, string, string][] = [
    [0, undefined, 'one\ntwo\nthree\nfour', 'pack.ts', 'src/pack.ts'],
    [1, 3, 'two\nthree', 'pack.ts:2–3', 'src/pack.ts, lines 2 to 3'],
    [2, 3, 'three', 'pack.ts:3', 'src/pack.ts, line 3'],
    [2, 99, 'three\nfour', 'pack.ts:3–4', 'src/pack.ts, lines 3 to 4'],
  ];
  for (const [firstLine, endLine, text, label, detail] of rows) {
    it(`lines from ${firstLine} to before ${endLine ?? 'the end'}`, () => {
      const attached = attachment('src/pack.ts', TEXT, firstLine, endLine);
      assert.deepEqual([attached.text, labelOf(attached), detailOf(attached)], [text, label, detail]);
    });
  }

  it('has no secrets', () => {
    const secret = 'ghp_' + 'a1B2c3D4e5'.repeat(4).slice(0, 36);
    const { text } = attachment('a.ts', `const token = '${secret}';\nnext();`);
    assert.ok(!text.includes(secret) && text.includes('REDACTED'), text);
    assert.equal(text.split('\n')[1], 'next();');
  });

  it('has nothing of a private key that begins above', () => {
    const body = ['MIIEpAIBAAKCAQEA7', 'q8Zxw2Jt4yKc9vB1'].map((line) => line.padEnd(64, 'Qk7'));
    const key = ['-----BEGIN RSA PRIVATE KEY-----', ...body, '-----END RSA PRIVATE KEY-----'];
    const { text } = attachment('a.ts', [...key, 'after();'].join('\n'), 2);
    assert.ok(!text.includes('q8Zxw2') && text.includes('after();'), text);
  });

  it('is the same place only with the same text', () => {
    const one = attachment('a.ts', TEXT, 1, 3);
    assert.equal(isSamePlace(one, { ...attachment('a.ts', TEXT, 1, 3), id: 'other' }), true);
    assert.equal(isSamePlace(one, attachment('a.ts', TEXT, 1, 4)), false);
    assert.equal(isSamePlace(one, attachment('b.ts', TEXT, 1, 3)), false);
  });
});
