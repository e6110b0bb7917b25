import assert from 'node:assert/strict';
import { subjectOf } from '../../../src/core/files/subject.ts';
import { type FileSet, resolveImport } from '../../../src/index/query/resolveImport.ts';

function filesOf(...paths: string[]): FileSet {
  return {
    has: (path) => paths.includes(path),
    named: (name) => paths.filter((path) => subjectOf(path).name === name),
  };
}

describe('an import', () => {
  const rows: readonly [from: string, specifier: string, files: string[], found: string[]][] = [
    ['src/a.ts', './b', ['src/b.ts'], ['src/b.ts']],
    ['src/a.ts', './b.ts', ['src/b.ts'], ['src/b.ts']],
    ['src/a.ts', './b.js', ['src/b.ts'], ['src/b.ts']],
    ['src/a.ts', './b.js', ['src/b.ts', 'src/b.js'], ['src/b.js']],
    ['src/a.ts', '../b', ['b/index.tsx'], ['b/index.tsx']],
    ['src/a.ts', './b.config', ['src/b.config.ts'], ['src/b.config.ts']],
    ['src/a.ts', '../../outside', ['outside.ts'], []],
    ['src/a.ts', 'lodash', ['src/lodash.ts'], []],
    ['pkg/a.py', '.b', ['pkg/b.py'], ['pkg/b.py']],
    ['pkg/sub/a.py', '..b', ['pkg/b/__init__.py'], ['pkg/b/__init__.py']],
    ['pkg/sub/a.py', 'pkg.b', ['pkg/b.py'], ['pkg/b.py']],
    ['src/pkg/sub/a.py', 'pkg.b', ['src/pkg/b.py'], ['src/pkg/b.py']],
    ['pkg/a.py', 'os', ['lib/os.py'], []],
    [
      'src/A.java',
      'com.app.Shape',
      ['x/com/app/Shape.java', 'y/com/other/Shape.java'],
      ['x/com/app/Shape.java'],
    ],
    ['src/main.rs', 'crate::shape', ['src/shape.rs'], ['src/shape.rs']],
    ['src/main.rs', 'crate::shape::Circle', ['src/shape.rs'], ['src/shape.rs']],
    ['src/a.cpp', 'geo/shape.h', ['include/geo/shape.h', 'include/text/shape.h'], ['include/geo/shape.h']],
    ['a.rb', 'lib/shape', ['lib/shape.rb'], ['lib/shape.rb']],
    ['a.php', 'App\\Shape', ['src/App/Shape.php'], ['src/App/Shape.php']],
  ];
  for (const [from, specifier, files, found] of rows) {
    it(`of ${specifier} in ${from} among ${files.join(', ')} is ${found.join(', ') || 'none of them'}`, () => {
      assert.deepEqual(resolveImport(from, specifier, filesOf(from, ...files)), found);
    });
  }

  it('of a name that many files have is none of them', () => {
    const files = Array.from({ length: 9 }, (_, at) => `d${at}/Shape.java`);
    assert.deepEqual(resolveImport('A.java', 'com.Shape', filesOf(...files)), []);
  });
});

describe('the subject of a file', () => {
  const rows: readonly [path: string, name: string, isTest: boolean][] = [
    ['src/order.ts', 'order', false],
    ['src/order.d.ts', 'order', false],
    ['src/order.test.ts', 'order', true],
    ['order_test.go', 'order', true],
    ['test_order.py', 'order', true],
    ['OrderTest.java', 'order', true],
    ['order_spec.rb', 'order', true],
    ['latest.ts', 'latest', false],
    ['test.ts', 'test', false],
  ];
  for (const [path, name, isTest] of rows) {
    it(`of ${path} is ${name}`, () => assert.deepEqual(subjectOf(path), { name, isTest }));
  }
});
