import assert from 'node:assert/strict';
import { placeForTests } from '../../../../src/core/refactor/placeForTests.ts';
import { testPath } from '../../../../src/core/refactor/testPath.ts';

describe('the path of a test', () => {
  for (const [path, test] of [
    ['src/a.ts', 'src/a.test.ts'],
    ['a.tsx', 'a.test.tsx'],
    ['src/shop/cart.py', 'src/shop/test_cart.py'],
    ['pkg/a.go', 'pkg/a_test.go'],
    ['app/src/main/java/shop/Cart.java', 'app/src/test/java/shop/CartTest.java'],
    ['lib/shop/cart.rb', 'spec/shop/cart_spec.rb'],
    ['src/Shop/Cart.php', 'tests/Shop/CartTest.php'],
    ['Shop/Cart.cs', 'Shop/CartTests.cs'],
    ['/home/me/a.b/Makefile', '/home/me/a.b/Makefile.test'],
  ] as const) {
    it(`of ${path}`, () => assert.equal(testPath(path), test));
  }
});

describe('the place of new tests', () => {
  // The file, with where they are added, and what they stand beside.
  const rows: [name: string, file: string, line: number, beside: string[]][] = [
    ['in an empty file', '', 0, []],
    ['behind the last test', 'a();\nb();\n\n', 2, ['a();', 'b();']],
    ['behind a function', 'func f() {\n}\n', 2, ['func f() {', '}']],
    ['in a class', 'class A {\n  a();\n\n  b();\n}\n', 4, ['  a();', '  b();']],
    ['in a class whose brace has its own line', 'class A\n{\n\ta();\n}\n', 3, ['\ta();']],
    ['behind a class without members', 'class A {\n}\n', 2, ['class A {', '}']],
  ];
  for (const [name, file, line, beside] of rows) {
    it(name, () => assert.deepEqual(placeForTests(file.split('\n')), { line, beside }));
  }
});
