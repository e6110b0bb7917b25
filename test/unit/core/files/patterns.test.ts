import assert from 'node:assert/strict';
import { asIgnoreLines } from '../../../../src/core/files/excludeGlobs.ts';
import { tamePattern } from '../../../../src/core/files/tamePattern.ts';

describe("VS Code's globs as ignore lines", () => {
  const rows: readonly [glob: string, lines: string[]][] = [
    ['**/node_modules', ['**/node_modules']],
    ['*.js', ['/*.js']],
    ['out/{a,b}/*.{js,map}', ['/out/a/*.js', '/out/a/*.map', '/out/b/*.js', '/out/b/*.map']],
    ['**/{a,{b,c}}', ['**/a', '**/b', '**/c']],
    ['{a,b}'.repeat(20), []],
    ['a{b', ['/a{b']],
  ];
  for (const [glob, lines] of rows) {
    it(glob.slice(0, 40), () => assert.deepEqual(asIgnoreLines([glob]).sort(), lines));
  }
});

describe('a pattern of an ignore file', () => {
  const rows: readonly [line: string, tamed: string][] = [
    ['*.ts', '*.ts'],
    ['**/a/**/*.test.*', '**/a/**/*.test.*'],
    ['*a*b*c', '*a*b*c'],
    ['*a*b*c*d', '*a*b*'],
    ['x/*a*b*c*d/*.js', 'x/*a*b*/*.js'],
    ['!*a*b*c*d', ''],
    ['**/a/**/b/**/c/**/d', '**/a/**/b/**'],
    ['\\*\\*\\*\\*\\*a', '\\*\\*\\*\\*\\*a'],
    ['x'.repeat(1_001), ''],
  ];
  for (const [line, tamed] of rows) {
    it(`${line.slice(0, 30)} becomes ${tamed || 'nothing'}`, () => assert.equal(tamePattern(line), tamed));
  }
});
