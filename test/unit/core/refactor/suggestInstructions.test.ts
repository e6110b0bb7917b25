import assert from 'node:assert/strict';
import { passageOf } from '../../../../src/core/refactor/passage.ts';
import { suggestInstructions } from '../../../../src/core/refactor/suggestInstructions.ts';

function labels(languageId: string, code: string): string[] {
  const lines = code.split('\n');
  return suggestInstructions(passageOf({ path: 'x', languageId, lines }, 0, lines.length)).map(
    ({ label }) => label,
  );
}

describe('suggestions for a selection', () => {
  const rows: [languageId: string, code: string, has: string, hasNot: string][] = [
    ['typescript', 'function f(a: any) {\n}', 'Add types', 'Add JSDoc types'],
    ['typescript', 'function f(a: number) {\n}', 'Simplify', 'Add types'],
    ['python', 'def f(a, b):\n    pass', 'Add types', 'Use f-strings'],
    ['python', 'def f(a: int):\n    pass', 'Simplify', 'Add types'],
    ['python', 'def f(self):\n    pass', 'Simplify', 'Add types'],
    ['python', 'x = "a" + name', 'Use f-strings', 'Use template literals'],
    ['javascript', 'get().then((a) => a)', 'Use async and await', 'Handle errors'],
    ['javascript', 'var a = 1;', 'Use const and let', 'Extract a function'],
    ['javascript', "x = 'a' + name;", 'Use template literals', 'Use f-strings'],
    ['go', 'a := 1\nb := 2\nc := 3', 'Extract a function', 'Split into smaller functions'],
    ['go', 'func f() {\n\ta()\n\tb()\n}', 'Simplify', 'Extract a function'],
    [
      'go',
      Array.from({ length: 50 }, (_, index) => `a${index}()`).join('\n'),
      'Split into smaller functions',
      'Extract a function',
    ],
    [
      'c',
      'if (a) {\n  if (b) {\n    if (c) {\n      d();\n    }\n  } else\n    e();\n}',
      'Return early',
      'Use const and let',
    ],
    ['c', 'a();', 'Simplify', 'Return early'],
    ['typescript', 'const a = JSON.parse(text);', 'Handle errors', 'Make it faster'],
    ['typescript', 'try { JSON.parse(text); } catch { a(); }', 'Simplify', 'Handle errors'],
    ['markdown', 'Some text.', 'Correct spelling and grammar', 'Simplify'],
  ];
  for (const [languageId, code, has, hasNot] of rows) {
    it(`${languageId} ${JSON.stringify(code.slice(0, 40))}`, () => {
      const found = labels(languageId, code);
      assert.ok(found.includes(has) && !found.includes(hasNot), found.join(', '));
      assert.ok(found.length <= 6);
    });
  }
});
