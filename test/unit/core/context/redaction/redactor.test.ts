import assert from 'node:assert/strict';
import { REDACTED_MARK } from '../../../../../src/core/context/redaction/placeholder.ts';
import { isInsideKey, redactAll, Redactor } from '../../../../../src/core/context/redaction/redactor.ts';

const TOKEN = `ghp_${'a1B2c3'.repeat(6)}`;
const LINE = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj';
const KEY = `-----BEGIN PRIVATE KEY-----\n${`${LINE}\n`.repeat(40)}-----END PRIVATE KEY-----\n`;

describe('Redactor', () => {
  it('keeps what tells the kind of secret, and about its length', () => {
    assert.equal(redactAll(`t = "${TOKEN}";`).text, `t = "ghp_xREDACTEDx${'x'.repeat(26)}";`);
  });

  it('keeps the line ends around a private key', () => {
    const { text } = redactAll(`a\n${KEY}b\n`);
    assert.match(text, /^a\n-----BEGIN PRIVATE KEY-----\nxREDACTEDx+\n-----END PRIVATE KEY-----\nb\n$/);
  });

  it('changes nothing where there is no secret, nor a second time', () => {
    assert.equal(redactAll('let a = 1;\n').text, 'let a = 1;\n');
    for (const secret of [`"${TOKEN}"`, KEY, 'password = "hunter2-hunter3"', 'AKIAABCDEFGHIJKLMNOP']) {
      const { text } = redactAll(secret);
      assert.ok(text.includes(REDACTED_MARK));
      assert.equal(redactAll(text).text, text);
    }
  });

  it('gives a block it knows the same answer', () => {
    const redactor = new Redactor();
    const first = redactor.block(`a ${TOKEN}`, false);
    assert.equal(redactor.block(`a ${TOKEN}`, false), first, 'not computed again');
    assert.notEqual(redactor.block(`a ${TOKEN}`, true), first);
    for (let other = 0; other < 2_500; other++) redactor.block(`let a = ${other};`, false);
    assert.deepEqual(redactor.block(`a ${TOKEN}`, false), first);
  });

  it('carries a private key from block to block', () => {
    const redactor = new Redactor();
    const lines = KEY.split(/(?<=\n)/);
    let insideKey = false;
    let text = '';
    for (let from = 0; from < lines.length; from += 16) {
      const block = redactor.block(lines.slice(from, from + 16).join(''), insideKey);
      insideKey = block.insideKey;
      text += block.text;
    }
    assert.ok(!text.includes(LINE.slice(0, 20)), text);
    assert.equal(insideKey, false);
  });

  it('sees a secret that the cursor stands in', () => {
    const [before = '', after = ''] = new Redactor().parts(
      [`t = '${TOKEN.slice(0, 15)}`, `${TOKEN.slice(15)}';`],
      false,
    );
    assert.equal(before, `t = 'ghp_xREDACTEDxx`);
    assert.match(after, /^xREDACTEDx+';$/);
  });

  it('sees one that reaches over three texts', () => {
    const texts = new Redactor().parts(
      [`t = '${TOKEN.slice(0, 9)}`, TOKEN.slice(9, 30), `${TOKEN.slice(30)}';`],
      false,
    );
    assert.ok(
      texts.every((text) => text.includes('xREDACTEDx') || text.length < 12),
      texts.join('|'),
    );
    assert.ok(!texts.join('').includes(TOKEN.slice(9, 30)), texts.join('|'));
  });

  it('knows whether a place is inside a private key', () => {
    const text = `a\n${KEY}b\n`;
    assert.equal(isInsideKey(text, text.indexOf(LINE) + 300), true);
    assert.equal(isInsideKey(text, 2), false);
    assert.equal(isInsideKey(text, text.length), false);
  });
});
