import assert from 'node:assert/strict';
import { repetition } from '../../../../../src/core/completion/shaping/repetition.ts';
import { applied } from './applied.ts';

describe('repetition', () => {
  const rows: [title: string, text: string, left: string][] = [
    ['a word ten times', 'foo '.repeat(10).trim(), ''],
    ['a word nine times', 'foo '.repeat(9).trim(), 'foo '.repeat(9).trim()],
    ['with other blanks in between', `${'foo '.repeat(9)}    foo`, ''],
    ['behind something else', `bar ${'foo '.repeat(10)}`, ''],
    ['that ends before the text', `${'foo '.repeat(11)}bar baz`, `${'foo '.repeat(11)}bar baz`],
    ['of two words', 'a = '.repeat(6), ''],
    ['of two words five times', 'a = '.repeat(5), 'a = '.repeat(5)],
    ['of six words', 'a b c d e f '.repeat(5), ''],
    ['of eleven words four times', 'a b c d e f g h i j k '.repeat(4), 'a b c d e f g h i j k '.repeat(4)],
    ['of eleven words five times', 'a b c d e f g h i j k '.repeat(5), ''],
    ['of digits', `1${'0'.repeat(48)}`, ''],
    ['of digits in a number', '1000000000', '1000000000'],
    ['of blanks', `a\n${'\t'.repeat(15)}`, ''],
    ['of a ruled line', '// ---------------------------------', '// ---------------------------------'],
    ['of the last line only', `a;\nb = ${'c + '.repeat(8)}`, 'a;'],
    ['of lines', 'foo();\nfoo();\nfoo();', 'foo();'],
    ['of two lines', 'foo();\nfoo();\nbar();', 'foo();\nfoo();\nbar();'],
    ['of lines behind others', 'bar();\nfoo();\nfoo();\nfoo();\n', 'bar();\nfoo();'],
    ['of closers', '    }\n}\n}\n}', '    }\n}\n}\n}'],
    ['that goes on for long, whatever comes behind', `${'foo '.repeat(40)}bar baz`, ''],
  ];

  for (const [title, text, left] of rows) {
    it(`${title}: ${JSON.stringify(text.slice(0, 40))}`, () => {
      assert.equal(applied(repetition, '|', text).text, left);
    });
  }

  it('ends the generation of a model that is lost', () => {
    const soFar = (text: string) => applied(repetition, '|', text, { complete: false });
    assert.deepEqual(soFar('foo '.repeat(20)), { text: 'foo '.repeat(20), final: false });
    assert.deepEqual(soFar('foo '.repeat(50)), { text: '', final: true });
    assert.deepEqual(soFar('foo();\nfoo();\nfoo();\n'), { text: 'foo();', final: true });
  });
});
