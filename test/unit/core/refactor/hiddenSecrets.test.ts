import assert from 'node:assert/strict';
import { HiddenSecrets } from '../../../../src/core/refactor/hiddenSecrets.ts';
import { passageOf, withoutSecrets } from '../../../../src/core/refactor/passage.ts';
import { RefactorRefused } from '../../../../src/core/refactor/refactorRefused.ts';

const TOKEN = `ghp_${'a1B2c3'.repeat(6)}`;
const OTHER = `ghp_${'Z9y8X7'.repeat(6)}`;
const LINE = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj';
const KEY = [
  '-----BEGIN PRIVATE KEY-----',
  ...Array.from({ length: 20 }, () => LINE),
  '-----END PRIVATE KEY-----',
];

describe('secrets of a prompt', () => {
  it('have a name each, the same at every place', () => {
    const secrets = new HiddenSecrets();
    const { text } = secrets.hide(`a = "${TOKEN}"; b = "${OTHER}"; c = "${TOKEN}";`);
    assert.equal(text, 'a = "ghp_xREDACTEDx1x"; b = "ghp_xREDACTEDx2x"; c = "ghp_xREDACTEDx1x";');
    assert.equal(secrets.hide(OTHER).text, 'ghp_xREDACTEDx2x');
  });

  it('come back as they were', () => {
    const secrets = new HiddenSecrets();
    const hidden = secrets.hide(`a = "${TOKEN}";`).text;
    assert.equal(secrets.restoreAll('let a = "ghp_xREDACTEDx1x";', hidden), `let a = "${TOKEN}";`);
    assert.equal(secrets.restore('ghp_xREDACTEDx1'), 'ghp_xREDACTEDx1', 'not while it is being written');
  });

  const refused: [name: string, answer: string][] = [
    ['lost one', 'let a = "";'],
    ['cut one', 'let a = "ghp_xREDACTEDx";'],
    ['made one up', 'let a = "ghp_xREDACTEDx1x", b = "xREDACTEDx7x";'],
  ];
  for (const [name, answer] of refused) {
    it(`refuses an answer that ${name}`, () => {
      const secrets = new HiddenSecrets();
      const hidden = secrets.hide(`a = "${TOKEN}";`).text;
      assert.throws(() => secrets.restoreAll(answer, hidden), RefactorRefused);
    });
  }

  it('leaves alone what only looks like one of its names', () => {
    const secrets = new HiddenSecrets();
    const hidden = secrets.hide(`mark = 'xREDACTEDx1x'; a = "${TOKEN}";`).text;
    assert.equal(hidden, `mark = 'xREDACTEDx1x'; a = "ghp_xREDACTEDx2x";`);
    assert.equal(secrets.restoreAll(hidden, hidden), `mark = 'xREDACTEDx1x'; a = "${TOKEN}";`);
  });

  it('are found in all parts of a passage, a private key also where it is cut in two', () => {
    const lines = ['a', ...KEY, 'b', `t = "${TOKEN}"`, 'c'];
    for (let start = 0; start < lines.length; start++) {
      const secrets = new HiddenSecrets();
      const passage = passageOf({ path: 'a.py', languageId: 'python', lines }, start, start + 3);
      const hidden = withoutSecrets(passage, secrets);
      const text = [...hidden.before, ...hidden.lines, ...hidden.after].join('\n');
      assert.ok(!text.includes(LINE) && !text.includes(TOKEN), `from line ${start}`);
      const restored = secrets.restoreAll(hidden.lines.join('\n'), hidden.lines.join('\n'));
      assert.deepEqual(restored.split('\n'), passage.lines, `from line ${start}`);
    }
  });
});
