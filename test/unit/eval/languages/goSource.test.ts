import assert from 'node:assert/strict';
import { goSource } from '../../../eval/languages/goSource.ts';

describe('Go source', () => {
  // Imports of the sample, what it uses, and what is imported beside what the tests need.
  const rows: [imports: string, body: string, imported: string[]][] = [
    ['import "math"', 'return math.Abs(a)', ['math']],
    ['import (\n\t"math"\n\t"sort"\n)', 'return math.Abs(a)', ['math']],
    ['', 'return strings.ToUpper(a)', ['strings']],
    ['', 'return rand.Int()', ['math/rand']],
    ['', 'return a // of strings.', []],
  ];
  for (const [imports, body, imported] of rows) {
    it(`${JSON.stringify(imports)} with ${body} imports ${imported.join()}`, () => {
      const source = goSource(
        { sample: `${imports}\nfunc F() {\n${body}\n}`, tests: 'func TestF(t *testing.T) {}' },
        'm',
      );
      const found = [...source.matchAll(/^import "(.*)"$/gm)].map(([, path]) => path);
      assert.deepEqual(
        found.filter((path) => !['fmt', 'os', 'testing', 'deepwell/assert'].includes(path ?? '')),
        imported,
      );
      assert.equal(source.match(/^import/gm)?.length, found.length);
    });
  }
});
