import assert from 'node:assert/strict';
import type { Cut } from '../../../eval/run/task.ts';
import { bracedBody, everything, firstLine, pythonBody } from '../../../eval/suites/cuts.ts';
import { firstBlock } from '../../../eval/suites/humanEvalInstruct.ts';

describe('what counts of a text', () => {
  // A bar stands where it ends for good; without one the model could still go on.
  const rows: [name: string, cut: Cut, picture: string][] = [
    ['a line', firstLine, '    return a|\n    return b'],
    ['a line that is not over', firstLine, '    return a'],
    ['a line behind a blank one', firstLine, '\n  \n  a|\nb'],
    ['nothing but blank lines', firstLine, '\n  \n'],
    ['everything', everything, 'a\ndef b'],
    ['a function in Python', pythonBody, '    if a:\n        return b|\ndef c():\n'],
    ['a call that follows it', pythonBody, '    return a\n|\nprint(b)'],
    ['a comment inside it', pythonBody, '    # why\n    return a\n'],
    ['the first of two ends', pythonBody, '    return a|\n# then\ndef b'],
    ['a function with braces', bracedBody, '  if (a) { b(); }\n}|\nc();'],
    ['one that is not over', bracedBody, '  if (a) { b(); }\n'],
    ['a block of code', firstBlock, 'Sure:\n```js\na\n```|\nThis is it.'],
    ['a block that is not over', firstBlock, 'Sure:\n```js\na\n'],
    ['a fence that may go on', firstBlock, '```js\na\n```'],
    ['an answer without a block', firstBlock, 'I cannot.\n'],
  ];

  for (const [name, cut, picture] of rows) {
    it(`${name}: ${JSON.stringify(picture)}`, () => {
      const [before = '', after] = picture.split('|');
      assert.deepEqual(cut(before + (after ?? '')), { text: before, complete: after !== undefined });
    });

    it(`${name}: the same at every length once it is over`, () => {
      const written = picture.replace('|', '');
      const last = cut(written);
      for (let length = 0; length <= written.length; length++) {
        const now = cut(written.slice(0, length));
        if (now.complete) assert.deepEqual(now, last);
      }
    });
  }
});
