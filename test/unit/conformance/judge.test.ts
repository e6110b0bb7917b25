import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Case, Cases } from '../../conformance/cases.ts';
import { judge } from '../../conformance/judge.ts';
import { PROJECT } from '../../support/paths.ts';

describe('conformance', () => {
  it('has no case of its own that fails', async () => {
    const file = await readFile(join(PROJECT, 'test/conformance/cases.json'), 'utf8');
    const verdicts = v.parse(Cases, JSON.parse(file)).map(judge);
    assert.ok(verdicts.length > 10);
    assert.deepEqual(
      verdicts.filter(({ passed }) => !passed),
      [],
    );
  });

  const CALL: Case = {
    id: 'call',
    language: 'typescript',
    prefix: 'f(',
    suffix: ')\n',
    modelOutput: 'a)',
    expected: 'a)',
    replaceSuffix: ')',
  };

  // What differs from the call above, and whether it passes.
  const rows: [title: string, fields: Partial<Case>, passed: boolean][] = [
    ['over the rest of the line', {}, true],
    ['less what stands behind the cursor', { expected: 'a', replaceSuffix: undefined }, true],
    ['another text', { expected: 'b)' }, false],
    ['something where nothing is wanted', { expected: null }, false],
    ['nothing where something is wanted', { modelOutput: '' }, false],
    ['nothing where nothing is wanted', { modelOutput: '', expected: null }, true],
    ['line ends of another kind', { prefix: '\r\nf(', suffix: ')\r\n' }, true],
    [
      'an acceptance that was not one',
      { expectAccepted: true, shown: { prefix: 'f', suffix: ')\n', completions: ['(a'] } },
      false,
    ],
  ];

  for (const [title, fields, passed] of rows) {
    it(`${passed ? 'passes' : 'fails'} ${title}`, () => {
      assert.equal(judge({ ...CALL, ...fields }).passed, passed);
    });
  }

  it('says which filter dropped a text', () => {
    assert.equal(judge({ ...CALL, modelOutput: ' ' }).filter, 'blank');
  });

  it('reads a list, or an object that holds one', () => {
    assert.deepEqual(v.parse(Cases, { cases: [CALL] }), v.parse(Cases, [CALL]));
  });
});
