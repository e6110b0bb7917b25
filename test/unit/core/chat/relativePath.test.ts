import assert from 'node:assert/strict';
import { relativePath } from '../../../../src/core/chat/relativePath.ts';

describe('a path that somebody wrote', () => {
  const rows: [written: string, path: string | undefined][] = [
    ['src/a.ts', 'src/a.ts'],
    ['./src/a.ts', 'src/a.ts'],
    ['src\\a.ts', 'src/a.ts'],
    [' a b.ts ', 'a b.ts'],
    ['.github/a.yml', '.github/a.yml'],
    ['', undefined],
    ['.', undefined],
    ['..', undefined],
    ['../a.ts', undefined],
    ['src/../../a.ts', undefined],
    ['src/./a.ts', undefined],
    ['src//a.ts', undefined],
    ['src/', undefined],
    ['/etc/passwd', undefined],
    ['\\\\host\\share', undefined],
    ['~/a.ts', undefined],
    ['C:\\a.ts', undefined],
    ['file:///a.ts', undefined],
    ['command:workbench.action.quit', undefined],
    ['a\u0000.ts', undefined],
    ['a\u202ets.exe', undefined],
    ['a?.ts', undefined],
    ['a*.ts', undefined],
    ['x'.repeat(2_000), undefined],
  ];
  for (const [written, path] of rows) {
    it(`${JSON.stringify(written.slice(0, 40))} is ${path ?? 'none'}`, () => {
      assert.equal(relativePath(written), path);
    });
  }
});
