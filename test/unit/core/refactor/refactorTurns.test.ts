import assert from 'node:assert/strict';
import { documentInstruction } from '../../../../src/core/refactor/documentInstruction.ts';
import { fixInstruction } from '../../../../src/core/refactor/fixInstruction.ts';
import { passageOf } from '../../../../src/core/refactor/passage.ts';
import { refactorTurns } from '../../../../src/core/refactor/refactorTurns.ts';
import { testTurns } from '../../../../src/core/refactor/testTurns.ts';

const FILE = { path: 'src/a.ts', languageId: 'typescript', lines: ['one', 'two', 'three', 'four', 'five'] };

describe('the prompt of a rewrite', () => {
  it('has the lines around, the code and what to do with it', () => {
    const [system, user] = refactorTurns(passageOf(FILE, 2, 3), 'Simplify.', 100);
    assert.equal(system?.role, 'system');
    assert.equal(user?.role, 'user');
    assert.equal(
      user?.text,
      'The file is src/a.ts.\n\nAbove the code stands:\n```typescript\none\ntwo\n```\n\nThe code:\n```typescript\nthree\n```\n\n' +
        'Below the code stands:\n```typescript\nfour\nfive\n```\n\nWhat to do with the code: Simplify.',
    );
  });

  it('has as many whole lines around as there is room for', () => {
    const around = (chars: number): string[] =>
      (refactorTurns(passageOf(FILE, 2, 3), '', chars)[1]?.text ?? '').match(/^(?:one|two|four|five)$/gm) ??
      [];
    assert.deepEqual(around(0), []);
    assert.deepEqual(around(4), ['two']);
    assert.deepEqual(around(5), ['two', 'four']);
    assert.deepEqual(around(8), ['one', 'two', 'four']);
  });

  it('tells of placeholders only where there are some', () => {
    const system = (line: string): string =>
      refactorTurns(passageOf({ ...FILE, lines: [line] }, 0, 1), '', 0)[0]?.text ?? '';
    assert.doesNotMatch(system('a'), /xREDACTEDx/);
    assert.match(system('a xREDACTEDx1x'), /xREDACTEDx/);
  });

  it('puts code with fences into longer ones', () => {
    const lines = ['a', '````', 'b', '````'];
    const text = refactorTurns(passageOf({ ...FILE, lines }, 0, 4), '', 0)[1]?.text ?? '';
    assert.ok(text.includes('The code:\n`````typescript\na\n````\nb\n````\n`````\n'));
  });
});

describe('the prompt of tests', () => {
  const tests = (lines: string[]) =>
    passageOf({ path: 'src/a.test.ts', languageId: 'typescript', lines }, 0, lines.length);

  it('has the tests that are there', () => {
    const text = testTurns(passageOf(FILE, 2, 3), tests(['import', 'test']), 100)[1]?.text ?? '';
    assert.match(text, /Its test file src\/a\.test\.ts begins with:\n```typescript\nimport\ntest\n```/);
    assert.match(text, /added to the end of/);
  });

  it('asks for a whole file where there is none', () => {
    const text = testTurns(passageOf(FILE, 2, 3), tests(['']), 100)[1]?.text ?? '';
    assert.match(text, /Write the whole new test file src\/a\.test\.ts/);
  });
});

describe('instructions', () => {
  it('of a fix name the problems, and the lines that the model sees', () => {
    const problem = { message: "Type\n  'a' is wrong", source: 'ts(2322)', code: '  two();' };
    assert.equal(
      fixInstruction([problem], ['one();', '    two();']),
      "Fix this problem, and change nothing that has nothing to do with it.\n- Type 'a' is wrong (ts(2322)) In the line: two();",
    );
    assert.match(fixInstruction([problem], ['one();']), /\(ts\(2322\)\)$/);
    const many = Array.from({ length: 30 }, () => ({ ...problem, message: 'x'.repeat(9_000) }));
    assert.ok(fixInstruction(many, []).length < 6_000);
  });

  it('of documentation know how the language does it', () => {
    const form = (name: string): string =>
      documentInstruction({
        name,
        lineComments: [],
        blockComments: [],
        blocks: 'braces',
        quotes: '',
        prose: false,
      });
    assert.match(form('Python'), /PEP 257/);
    assert.match(form('Nobody knows'), /as comments for/);
  });
});
