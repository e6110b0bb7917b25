import assert from 'node:assert/strict';
import {
  closesBlock,
  mayCloseBlock,
  mayOpenBelow,
} from '../../../../../src/core/completion/shaping/blockSyntax.ts';
import { languageOf } from '../../../../../src/core/languages/languageOf.ts';

describe('block syntax', () => {
  const closers: [line: string, closes: boolean][] = [
    ['  }', true],
    [');', true],
    ['end', true],
    ['endif', true],
    ['fi', true],
    ['</div>', true],
    ['endless()', false],
    ['field', false],
    ['a', false],
  ];

  for (const [line, closes] of closers) {
    it(`${JSON.stringify(line)} ${closes ? 'closes' : 'does not close'} a block, however it grows`, () => {
      assert.equal(closesBlock(line), closes);
      if (!closes) return;
      for (let length = 1; length < line.length; length++) {
        assert.ok(mayCloseBlock(line.slice(0, length)) || line.slice(0, length).trim() === '');
      }
    });
  }

  const heads: [languageId: string, line: string, opens: boolean][] = [
    ['csharp', 'public Person(string name, int age)', true],
    ['csharp', 'public class Person : Base', true],
    ['c', 'int main(void)', true],
    ['c', 'if (a > b)', true],
    ['c', 'return f(a)', false],
    ['typescript', 'const a = f(b)', false],
    ['typescript', 'f(a)', false],
    ['typescript', 'await f(a)', false],
    ['ruby', 'def greet(name)', true],
    ['ruby', 'puts name', false],
    ['html', '<div class="a">', true],
    ['html', '<br/>', false],
    ['fsharp', 'let area width =', true],
    ['python', 'a = b', false],
  ];

  for (const [languageId, line, opens] of heads) {
    it(`${line} may ${opens ? '' : 'not '}have its block below in ${languageId}`, () => {
      assert.equal(mayOpenBelow(line, languageOf({ languageId, path: '' })), opens);
    });
  }
});
