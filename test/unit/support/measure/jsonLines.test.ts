import assert from 'node:assert/strict';
import * as v from 'valibot';
import { EvalProblem } from '../../../support/measure/evalProblem.ts';
import { parseJsonLines, readJsonLines } from '../../../support/measure/jsonLines.ts';

const Row = v.object({ id: v.string(), n: v.number() });

describe('JSON lines', () => {
  it('come in their order, blank lines aside', () => {
    assert.deepEqual(parseJsonLines('{"id":"b","n":1}\n\n{"id":"a","n":2}\n', Row, 'f'), [
      { id: 'b', n: 1 },
      { id: 'a', n: 2 },
    ]);
  });

  it('may hold the line separator U+2028', () => {
    assert.equal(parseJsonLines('{"id":"a\u2028b","n":1}', Row, 'f').length, 1);
  });

  const broken: [title: string, text: string, message: RegExp][] = [
    ['no JSON', '{"id":"a","n":1}\n{"id":', /^f, line 2 is no JSON: /],
    ['a field of another type', '{"id":"a","n":1}\n\n{"id":"b","n":"2"}', /^f, line 3: n: .*number/],
    ['no object', '7', /^f, line 1: the object: /],
    [
      'an id that is there twice',
      '{"id":"a","n":1}\n{"id":"a","n":2}',
      /^f, line 2: the id a is there twice/,
    ],
  ];

  for (const [title, text, message] of broken) {
    it(`are refused with the line's number: ${title}`, () => {
      assert.throws(
        () => parseJsonLines(text, Row, 'f'),
        (error) => error instanceof EvalProblem && message.test(error.message),
      );
    });
  }

  it('are missed by name', async () => {
    await assert.rejects(readJsonLines('/nowhere/f.jsonl', Row), EvalProblem);
  });
});
