import assert from 'node:assert/strict';
import { holesOf } from '../../../eval/suites/fimLines.ts';
import { promptText } from '../../../support/scriptedModel.ts';

const PROBLEM = {
  id: 'HumanEval/7',
  number: '7',
  language: 'python',
  prompt: 'def f(a):\n',
  canonical: '    b = a\n\n    return b\n',
  tests: '',
} as const;

const READY = { name: 'm', format: undefined, contextTokens: 2048, backend: 'cpu', gpuLayers: 0 };

describe('holes of a solution', () => {
  const holes = holesOf(PROBLEM);

  it('are its lines that are not blank', () => {
    assert.deepEqual(
      holes.map(({ id, cluster }) => [id, cluster]),
      [
        ['HumanEval/7/L0', '7'],
        ['HumanEval/7/L2', '7'],
      ],
    );
  });

  it('are asked for behind all that stands before them', () => {
    assert.deepEqual(
      holes.map(({ prompt }) => promptText(prompt(READY))),
      ['def f(a):\n', 'def f(a):\n    b = a\n\n'],
    );
  });

  // What was written at the first hole, and whether it is the line.
  const rows: [written: string, exact: boolean][] = [
    ['    b = a', true],
    ['\n    b = a  ', true],
    ['    b = a + 1', false],
    ['b= a', false],
    ['', false],
  ];
  for (const [written, exact] of rows) {
    it(`${JSON.stringify(written)} is ${exact ? 'exact' : 'another line'}`, () => {
      const judge = holes[0]?.judge;
      assert.ok(judge?.kind === 'exact');
      assert.equal(judge.matches(written), exact);
    });
  }
});
