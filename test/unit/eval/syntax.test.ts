import assert from 'node:assert/strict';
import type { Hole } from '../../eval/lines/hole.ts';
import { Syntax } from '../../eval/lines/syntax.ts';
import { holeOfPicture } from './holeOfPicture.ts';

describe('syntax', () => {
  let syntax: Syntax;
  before(async () => (syntax = await Syntax.load()));

  const files: [title: string, grammar: Parameters<Syntax['parses']>[1], text: string, parses: boolean][] = [
    ['types', 'typescript', 'const a: Map<string, number> = new Map();\n', true],
    ['an error', 'typescript', 'const const = ;\n', false],
    ['a missing bracket', 'typescript', 'f(a;\n', false],
    ['types are not JavaScript', 'javascript', 'const a: string = f();\n', false],
    ['elements in JavaScript', 'javascript', 'const a = <p>{b}</p>;\n', true],
    ['elements in TSX', 'tsx', 'const a: E = <p>{b}</p>;\n', true],
    ['a cast is not TSX', 'tsx', 'const a = <string>b;\n', false],
    ['Python', 'python', 'def f(a):\n    return [b for b in a]\n', true],
    ['an unclosed list in Python', 'python', 'a = [1, 2\n', false],
  ];

  for (const [title, grammar, text, parses] of files) {
    it(`${title}: ${JSON.stringify(text)} ${parses ? 'parses' : 'does not parse'}`, () => {
      assert.equal(syntax.parses(text, grammar), parses);
    });
  }

  const holes: [
    title: string,
    picture: string,
    text: string,
    parses: boolean | undefined,
    fields?: Partial<Hole>,
  ][] = [
    ['other code', 'a = «b»;\n', 'f(c)', true],
    ['a bracket too few', 'a = «b»;\n', 'f(c', false],
    ['all lines count', 'if (a) «b();»\n', '{\n  c(;\n}', false],
    ['no suggestion says nothing', 'a = «b»;\n', '', undefined],
    ['nor does a file that was broken before', 'a = = «b»;\n', 'c', undefined],
    ['a .tsx file', 'const a: E = «<p/>»;\n', '<b/>', true, { path: 'a.tsx' }],
    ['a .ts file', 'const a = «b»;\n', '<p>c</p>', false],
    ['Python', 'x = «1»\n', 'f(2)', true, { language: 'python', path: 'a.py' }],
  ];

  for (const [index, [title, picture, text, parses, fields]] of holes.entries()) {
    it(`with a suggestion, ${title}: ${JSON.stringify(picture)} + ${JSON.stringify(text)}`, () => {
      const hole = holeOfPicture(picture, { package: String(index), ...fields });
      assert.equal(syntax.parsesWith(hole, { text, replacedChars: 0 }), parses);
    });
  }
});
