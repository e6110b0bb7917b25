import assert from 'node:assert/strict';
import { type AnswerForm, codeOfAnswer } from '../../../../src/core/refactor/codeOfAnswer.ts';

const CODE: AnswerForm = { isProse: false, hasFences: false };
const PROSE: AnswerForm = { isProse: true, hasFences: false };
const FENCED: AnswerForm = { isProse: false, hasFences: true };

describe('the code of an answer', () => {
  // name, answer, code
  const rows: [name: string, answer: string, code: string, form?: AnswerForm][] = [
    ['in a fence', '```ts\na();\nb();\n```', 'a();\nb();'],
    ['in a fence with talk around it', 'Sure!\n\n```ts\na();\n```\nThis calls a.', 'a();'],
    ['with Windows line ends', '```ts\r\na();\r\nb();\r\n```\r\n', 'a();\nb();'],
    ['in a fence of tildes', '~~~\na();\n~~~', 'a();'],
    ['in a fence that is never closed', '```ts\na();\n', 'a();\n'],
    ['in the first of two fences', '```ts\na();\n```\nFor example:\n```ts\nb();\n```', 'a();'],
    ['without a fence', 'a();\nb();', 'a();\nb();'],
    ['without a fence, with a fence behind it', 'a();\nb();\n```\n', 'a();\nb();\n'],
    ['without a fence, announced', "Here's the simplified code:\n\na();\n", 'a();\n'],
    ['without a fence, announced twice', 'Sure!\nHere is the function:\na();', 'a();'],
    ['without a fence, explained', 'a();\n\nThis function calls `a` (once).\nIt is short.', 'a();\n'],
    [
      'that looks like talk',
      'this.is = sure();\n\nnote(that);\n\nHere = 1;',
      'this.is = sure();\n\nnote(that);\n\nHere = 1;',
    ],
    [
      'with a comment that talks',
      'a();\n\n// This function calls b.\nb();',
      'a();\n\n// This function calls b.\nb();',
    ],
    [
      'with an indented sentence',
      '"""\n\n    This function is short.\n"""',
      '"""\n\n    This function is short.\n"""',
    ],
    ['in a fence, with a block inside', '```md\n```ts\na\n```\nb\n```', '```ts\na\n```\nb'],
    ['in a longer fence', '````md\n```\na\n```\n````', '```\na\n```'],
    ['of prose in a fence', '```markdown\n# A\n```', '# A', PROSE],
    [
      'of prose with a fence of its own',
      'Text.\n\n```ts\na\n```\nThis is the end.',
      'Text.\n\n```ts\na\n```\nThis is the end.',
      PROSE,
    ],
    ['of prose, announced', 'Here is the text:\n\nText.', 'Text.', PROSE],
    ['with fences in a docstring', '"""\n```\na\n```\n"""', '"""\n```\na\n```\n"""', FENCED],
    ['that is an excuse', 'I am sorry, but I cannot do that.', ''],
    ['that is an excuse in other words', 'Unfortunately, this is too long.\n\nI can’t help.', ''],
    ['with names that begin like an excuse', 'sorry = 1;\nI = am(sorry);', 'sorry = 1;\nI = am(sorry);'],
    ['of nothing', '', ''],
  ];
  for (const [name, answer, code, form = CODE] of rows) {
    it(name, () => {
      const { lines } = codeOfAnswer(answer, true, form);
      assert.equal(lines.join('\n').replace(/^\n+/, ''), code);
    });
  }

  it('is known to be whole only by a closed fence', () => {
    assert.equal(codeOfAnswer('```\na\n```\nmore', false, CODE).isClosed, true);
    assert.equal(codeOfAnswer('```\na\n```', false, CODE).isClosed, false, 'the line may go on');
    assert.equal(codeOfAnswer('a\n', true, CODE).isClosed, false);
  });

  it('grows by whole lines, and never shows a fence or what announces it', () => {
    const answer = 'Sure! Here is the code:\n\n```ts\na();\n\nb();\n```\nThis calls both.\n';
    let before = '';
    for (let chars = 0; chars <= answer.length; chars++) {
      const code = codeOfAnswer(answer.slice(0, chars), false, CODE).lines.join('\n');
      assert.ok(code.startsWith(before), JSON.stringify([before, code]));
      assert.doesNotMatch(code, /```|Sure|This/);
      before = code;
    }
    assert.equal(before, 'a();\n\nb();');
  });
});
