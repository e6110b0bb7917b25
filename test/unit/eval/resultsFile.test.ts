import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EvalProblem } from '../../support/measure/evalProblem.ts';
import { NO_FIGURES, Result } from '../../eval/lines/result.ts';
import { ResultsFile } from '../../eval/resultsFile.ts';

describe('results file', () => {
  let directory = '';
  let path = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'deepwell-eval-'));
    path = join(directory, 'results.jsonl');
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('goes on where it was', async () => {
    await add(result('a'));
    await add(result('b'));
    assert.equal(await readFile(path, 'utf8'), line('a') + line('b'));
    await using results = await ResultsFile.open(path, Result);
    assert.deepEqual(
      ['a', 'b', 'c'].map((id) => results.has(id)),
      [true, true, false],
    );
  });

  it('knows what it was just given', async () => {
    await using results = await ResultsFile.open(path, Result);
    await results.add(result('a'));
    assert.ok(results.has('a'));
  });

  // What an interrupted run left behind the whole line of a.
  for (const half of ['{"id":"b","te', line('b').trimEnd(), '{"id":"ü'.slice(0, 7)]) {
    it(`cuts off ${JSON.stringify(half)}`, async () => {
      await writeFile(path, line('a') + half);
      await add(result('b'));
      assert.equal(await readFile(path, 'utf8'), line('a') + line('b'));
    });
  }

  it('starts anew where nothing was whole', async () => {
    await writeFile(path, '{"id":"a"');
    await add(result('a'));
    assert.equal(await readFile(path, 'utf8'), line('a'));
  });

  it('is left alone where something else is broken', async () => {
    await writeFile(path, `{"holes":1}\n${line('a')}half`);
    await assert.rejects(ResultsFile.open(path, Result), EvalProblem);
    assert.equal(await readFile(path, 'utf8'), `{"holes":1}\n${line('a')}half`);
  });

  async function add(added: Result): Promise<void> {
    await using results = await ResultsFile.open(path, Result);
    await results.add(added);
  }
});

function result(id: string): Result {
  return { id, text: 'x', replacedChars: 0, ...NO_FIGURES };
}

function line(id: string): string {
  return `${JSON.stringify(result(id))}\n`;
}
