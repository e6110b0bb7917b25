import assert from 'node:assert/strict';
import { compare, type Named } from '../../eval/lines/compare.ts';
import { reportText } from '../../eval/lines/reportText.ts';
import { NO_FIGURES, type Result } from '../../eval/lines/result.ts';
import { holeOfPicture } from './holeOfPicture.ts';

// Three files with two holes each; every middle is "b".
const HOLES = [
  ...['1', '2', '3', '4'].map((id) => holeOfPicture('a = «b»\n', { id, path: id > '2' ? 'y.ts' : 'x.ts' })),
  ...['5', '6'].map((id) => holeOfPicture('«b»\n', { id, path: 'z.py', language: 'python' })),
];

describe('report', () => {
  it('is by language and kind, and over all', () => {
    const groups = compare(HOLES, [named('m', 'bbxx  '.split(''))], () => true);
    assert.deepEqual(
      groups.map(({ title, holes, files }) => [title, holes, files]),
      [
        ['typescript, end', 4, 2],
        ['python, line', 2, 1],
        ['all', 6, 3],
      ],
    );
  });

  it('counts exact matches, what is shown and what parses', () => {
    const predictor = named('m', ['b', 'b', 'b', 'bx', '', '']);
    const all = compare(HOLES, [predictor], (_, { text }) => (text === '' ? undefined : text === 'b')).at(-1);
    const figures = all?.predictors[0]?.figures;
    assert.equal(figures?.exact.mean, 3 / 6);
    assert.equal(figures.similarity.mean, 3.5 / 6);
    assert.equal(figures.shown, 4 / 6);
    assert.deepEqual(figures.parses, { share: 3 / 4, of: 4 });
    assert.equal(figures.firstTokenMs, undefined);
    assert.equal(figures.tokensPerSecond, undefined);
  });

  it('leaves out holes that one of them has no result for', () => {
    const first = named('m', ['b', 'b', 'b', 'b', 'b', 'b']);
    const second = { name: 'n', results: named('n', ['b', 'x', 'x', 'x']).results.slice(0, 2) };
    const groups = compare(HOLES, [first, second], () => true);
    assert.deepEqual(
      groups.map(({ title, holes }) => [title, holes]),
      [
        ['typescript, end', 2],
        ['all', 2],
      ],
    );
    assert.deepEqual(
      groups[1]?.predictors.map(({ figures }) => figures.exact.mean),
      [1, 0.5],
    );
  });

  it('pairs the difference hole by hole', () => {
    // Both match every other hole: as unpaired shares they would be equal with a wide interval.
    const same = compare(HOLES, [named('m', [...'bxbxbx']), named('n', [...'bxbxbx'])], () => true).at(-1);
    assert.deepEqual(same?.differences, [{ name: 'n', exact: { mean: 0, low: 0, high: 0 } }]);
    const better = compare(HOLES, [named('m', [...'bbbbbb']), named('n', [...'bxbxbx'])], () => true).at(-1);
    assert.deepEqual(better?.differences, [{ name: 'n', exact: { mean: 0.5, low: 0.5, high: 0.5 } }]);
  });

  it('gives the median of first tokens, and the speed behind them', () => {
    const results = named('m', [...'bbbbbb']).results.map((result, index) => ({
      ...result,
      generatedTokens: index === 0 ? 1 : 11,
      firstTokenMs: 10 * index,
      engineMs: 10 * index + 500,
    }));
    const all = compare(HOLES, [{ name: 'm', results }], () => true).at(-1);
    assert.equal(all?.predictors[0]?.figures.firstTokenMs, 25);
    assert.equal(all.predictors[0].figures.tokensPerSecond, 20);
  });

  it('is Markdown', () => {
    const one = HOLES.slice(0, 2);
    const first = { name: 'm', results: named('m', ['b', 'x']).results.map(timed) };
    const groups = compare(one, [first, named('n', ['b', 'b'])], () => true).slice(0, 1);
    assert.equal(
      reportText(groups),
      `| holes | n / files | predictor | exact match, % [95 %] | edit similarity, % [95 %] | parses, % (of n) | shown, % | first token, ms | tokens/s |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| typescript, end | 2 / 1 | m | 50.0 [50.0, 50.0] | 50.0 [50.0, 50.0] | 100.0 (2) | 100.0 | 12 | 50.0 |
| typescript, end | 2 / 1 | n | 100.0 [100.0, 100.0] | 100.0 [100.0, 100.0] | 100.0 (2) | 100.0 |  |  |

| holes | exact match | difference, percentage points [95 %] |
| --- | --- | --- |
| typescript, end | m − n | −50.0 [−50.0, −50.0] |
`,
    );
  });
});

/** A predictor with these texts at the holes in their order. */
function named(name: string, texts: readonly string[]): Named {
  return {
    name,
    results: HOLES.slice(0, texts.length).map(({ id }, index): Result => ({
      id,
      text: (texts[index] ?? '').trim(),
      replacedChars: 0,
      ...NO_FIGURES,
    })),
  };
}

function timed(result: Result): Result {
  return { ...result, generatedTokens: 3, firstTokenMs: 12, engineMs: 52 };
}
