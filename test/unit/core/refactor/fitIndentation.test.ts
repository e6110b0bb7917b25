import assert from 'node:assert/strict';
import { fitIndentation } from '../../../../src/core/refactor/fitIndentation.ts';

const SPACES = { insertSpaces: true, tabSize: 4 };
const TABS = { insertSpaces: false, tabSize: 4 };

/** Dots are spaces, arrows tabs. */
function lines(picture: string): string[] {
  return picture === '' ? [] : picture.replaceAll('·', ' ').replaceAll('→', '\t').split('\n');
}

function picture(fitted: readonly string[] | undefined): string | undefined {
  const draw = (indent: string): string => indent.replaceAll(' ', '·').replaceAll('\t', '→');
  return fitted?.map((line) => line.replace(/^[ \t]+/, draw)).join('\n');
}

describe('indentation of an answer', () => {
  const rows: [name: string, original: string, answer: string, fitted: string, style?: typeof SPACES][] = [
    ['that is right stays', '··a {\n····b\n··}', '··a {\n····c\n··}', '··a {\n····c\n··}'],
    ['at the margin is moved in', '··a {\n····b\n··}', 'a {\n··c\n}', '··a {\n····c\n··}'],
    [
      'at the margin is moved in, by indentation',
      '····def a():\n········b',
      'def a():\n····c',
      '····def a():\n········c',
    ],
    ['too deep is moved out', 'a {\n··b\n}', '····a {\n······c\n····}', 'a {\n··c\n}'],
    ['is completed in the first line only', '··a {\n····b\n··}', 'a {\n····c\n··}', '··a {\n····c\n··}'],
    ['is completed in a first statement', '····x = 1\n····y = 2', 'x = 3\n····y = 4', '····x = 3\n····y = 4'],
    ['is moved in with a second statement', '····x = 1\n····y = 2', 'x = 3\ny = 4', '····x = 3\n····y = 4'],
    ['leaves blank lines blank', '··a\n\n··b', 'a\n\nb', '··a\n\n··b'],
    ['is cut where it goes below the margin', '··a\n··b', '······a\n··b', '··a\nb'],
    ['becomes tabs', '→a {\n→→b\n→}', 'a {\n··c {\n····d\n··}\n}', '→a {\n→→c {\n→→→d\n→→}\n→}', TABS],
    ['becomes tabs of four', '→a {\n→→b\n→}', '····a {\n········c\n····}', '→a {\n→→c\n→}', TABS],
    [
      'keeps what aligns behind tabs',
      'a {\n→/*\n→·* b\n→·*/\n}',
      'a {\n··/*\n···* c\n···*/\n}',
      'a {\n→/*\n→·* c\n→·*/\n}',
      TABS,
    ],
    [
      'becomes spaces',
      '··a {\n····b\n··}',
      'a {\n→c\n}',
      '··a {\n····c\n··}',
      { insertSpaces: true, tabSize: 2 },
    ],
    ['follows the code, not the editor', 'a {\n→b\n}', 'a {\n··c\n}', 'a {\n→c\n}', SPACES],
    ['follows the editor where the code has none', 'a', 'a {\n··c\n}', 'a {\n→c\n}', TABS],
    [
      'of four becomes two where a line says so',
      'a {\n··bb\n}',
      'a {\n····bb\n····cc {\n········dd\n····}\n}',
      'a {\n··bb\n··cc {\n····dd\n··}\n}',
    ],
    [
      'of two becomes four where a line says so',
      'a {\n····bb\n}',
      'a {\n··bb\n··cc {\n····dd\n··}\n}',
      'a {\n····bb\n····cc {\n········dd\n····}\n}',
    ],
    ['that is only deeper stays', 'a {\n··bb\n}', 'a {\n····cc\n}', 'a {\n····cc\n}'],
    [
      'of a line that moved in is no reason',
      'aa {\n··bb\n}',
      'if {\n··aa {\n····bb\n··}\n}',
      'if {\n··aa {\n····bb\n··}\n}',
    ],
    ['beside nothing is its own', '', '··a\n····b', 'a\n··b'],
  ];
  for (const [name, original, answer, fitted, style = SPACES] of rows) {
    it(name, () =>
      assert.equal(picture(fitIndentation(lines(answer), lines(original), style, true)), fitted),
    );
  }

  it('is not known from a first line that may have lost its own', () => {
    const original = lines('··a {\n····b\n··}');
    assert.equal(fitIndentation(lines('a {'), original, SPACES, false), undefined);
    assert.equal(picture(fitIndentation(lines('a {'), original, SPACES, true)), '··a {');
    assert.equal(picture(fitIndentation(lines('a {\n··c'), original, SPACES, false)), '··a {\n····c');
    assert.equal(picture(fitIndentation(lines('··a {'), original, SPACES, false)), '··a {');
  });
});
