import assert from 'node:assert/strict';
import { languageOf } from '../../../../src/core/languages/languageOf.ts';
import { AnswerReader } from '../../../../src/core/refactor/answerReader.ts';
import { HiddenSecrets } from '../../../../src/core/refactor/hiddenSecrets.ts';
import { RefactorRefused } from '../../../../src/core/refactor/refactorRefused.ts';

const TOKEN = `ghp_${'a1B2c3'.repeat(6)}`;

function readerOf(code: string, keepsSecrets = true): AnswerReader {
  const secrets = new HiddenSecrets();
  return new AnswerReader({
    original: secrets.hide(code).text.split('\n'),
    language: languageOf({ languageId: 'typescript', path: 'a.ts' }),
    style: { insertSpaces: true, tabSize: 2 },
    secrets,
    keepsSecrets,
  });
}

describe('AnswerReader', () => {
  it('reads code, moves it in and puts secrets back', () => {
    const reader = readerOf(`  a("${TOKEN}");\n  b();`);
    const answer = 'Sure:\n```ts\n\na("ghp_xREDACTEDx1x");\nif (c) {\n  b();\n}\n\n```\nDone.';
    const lines = [`  a("${TOKEN}");`, '  if (c) {', '    b();', '  }'];
    assert.deepEqual(reader.readWhole(answer, 'stop'), lines);
    assert.deepEqual(reader.read(answer), lines);
  });

  it('shows whole lines only, and no blank one that may be the last', () => {
    const reader = readerOf('  a();\n  b();');
    const seen = ['```ts\n  a', '();\n', '\n', '  b();', '\n'].map((_, index, pieces) =>
      reader.read(pieces.slice(0, index + 1).join('')),
    );
    assert.deepEqual(seen, [[], ['  a();'], ['  a();'], ['  a();'], ['  a();', '', '  b();']]);
  });

  it('refuses what is cut off, unless the code is whole', () => {
    const reader = readerOf('a();');
    assert.throws(() => reader.readWhole('```ts\na();\nb(', 'length'), /cut off/);
    assert.deepEqual(reader.readWhole('```ts\na();\n```\nThis is wh', 'length'), ['a();']);
  });

  for (const answer of ['', '```ts\n```', '```ts\n\n\n```', 'Sure!\n']) {
    it(`refuses ${JSON.stringify(answer)}`, () => {
      assert.throws(() => readerOf('a();').readWhole(answer, 'stop'), RefactorRefused);
    });
  }

  it('refuses what has lost a secret, unless it is only about the code', () => {
    const code = `a("${TOKEN}");`;
    assert.throws(() => readerOf(code).readWhole('```\na();\n```', 'stop'), /secrets/);
    const answer = '```\ntest("ghp_xREDACTEDx1x");\n```';
    assert.deepEqual(readerOf(code, false).readWhole(answer, 'stop'), ['test("ghp_xREDACTEDx1x");']);
  });
});
