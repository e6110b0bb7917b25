import assert from 'node:assert/strict';
import { linkTarget } from '../../../../src/webview/markdown/linkTarget.ts';

describe('where a link leads', () => {
  const rows: [href: string, target: string | undefined][] = [
    ['https://a.test/b?c#d', 'web https://a.test/b?c#d'],
    ['HTTP://a.test', 'web HTTP://a.test'],
    ['mailto:a@b.test', 'web mailto:a@b.test'],
    ['src/a.ts', 'file src/a.ts 0'],
    ['./src/a.ts', 'file src/a.ts 0'],
    ['src/a.ts#L12', 'file src/a.ts 12'],
    ['src/a.ts#L12-L20', 'file src/a.ts 12'],
    ['src/a.ts:12', 'file src/a.ts 12'],
    ['src/a.ts:12:5', 'file src/a.ts 12'],
    ['src/my%20file.ts', 'file src/my file.ts 0'],
    ['Makefile', 'file Makefile 0'],
    ['javascript:alert(1)', undefined],
    ['javascript:1', undefined],
    ['JAVASCRIPT:%61lert()', undefined],
    ['java\nscript:alert(1)', undefined],
    ['javascript%3Aalert(1)', undefined],
    ['command:a.b', undefined],
    ['command:1', undefined],
    ['vscode://a/b', undefined],
    ['vscode-insiders://a/b', undefined],
    ['file:///etc/passwd', undefined],
    ['data:text/html,x', undefined],
    ['blob:https://a.test/b', undefined],
    ['//a.test/b', undefined],
    ['\\\\a.test\\b', undefined],
    ['https:\\\\a.test', undefined],
    ['https:a.test', undefined],
    ['/etc/passwd', undefined],
    ['~/.ssh/id_rsa', undefined],
    ['C:/Windows', undefined],
    ['C:\\Windows', undefined],
    ['../secret', undefined],
    ['src/../../secret', undefined],
    ['src/%2e%2e/%2e%2e/secret', undefined],
    ['%2Fetc/passwd', undefined],
    ['#top', undefined],
    ['?a', undefined],
    ['', undefined],
    ['%', undefined],
    ['https://a.test/\u202egnp.exe', undefined],
    ['https://a.test/ b', undefined],
    [`https://a.test/${'a'.repeat(3000)}`, undefined],
  ];
  for (const [href, expected] of rows) {
    it(`${JSON.stringify(href.slice(0, 40))}: ${expected ?? 'nowhere'}`, () => {
      const target = linkTarget(href);
      const picture =
        target && (target.kind === 'web' ? `web ${target.href}` : `file ${target.path} ${target.line}`);
      assert.equal(picture, expected);
    });
  }
});
