import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { breaches, importsOf, type Sources } from '../support/importRules.ts';

const SRC = resolve(import.meta.dirname, '../../src');

describe('the layers of src', () => {
  it('are kept', () => {
    const sources = readSources();
    assert.ok(sources.size > 30 && sources.has('extension.ts'), 'The sources were found.');
    assert.deepEqual(breaches(sources), []);
  });

  // A file, what it imports, and whether that is a breach.
  const rows: [from: string, specifier: string, allowed: boolean][] = [
    ['base/a.ts', './b.ts', true],
    ['base/a.ts', '../core/b.ts', false],
    ['base/a.ts', 'node:fs', false],
    ['core/chat/a.ts', '../../base/b.ts', true],
    ['core/chat/a.ts', 'valibot', true],
    ['core/chat/a.ts', 'vscode', false],
    ['core/chat/a.ts', 'node:path', false],
    ['core/chat/a.ts', '../../rpc/b.ts', false],
    ['core/chat/a.ts', '../../host/b.ts', false],
    ['rpc/a.ts', 'vscode-jsonrpc/node', true],
    ['rpc/a.ts', 'vscode', false],
    ['rpc/a.ts', 'node:child_process', false],
    ['rpc/a.ts', '../core/b.ts', false],
    ['engine/llama/a.ts', 'node-llama-cpp', true],
    ['engine/chat/a.ts', '@huggingface/jinja', true],
    ['core/chat/a.ts', '@huggingface/jinja', false],
    ['engine/a.ts', 'node:path', true],
    ['engine/a.ts', '../rpc/b.ts', true],
    ['engine/a.ts', '../core/b.ts', false],
    ['engine/a.ts', 'vscode', false],
    ['engine/a.ts', '../host/b.ts', false],
    ['child/a.ts', '../base/b.ts', true],
    ['child/a.ts', '../rpc/b.ts', false],
    ['engine/a.ts', '../child/b.ts', true],
    ['index/a.ts', '../child/b.ts', true],
    ['index/a.ts', '../core/b.ts', true],
    ['core/files/a.ts', 'ignore', true],
    ['index/a.ts', '../engine/b.ts', false],
    ['index/a.ts', 'vscode', false],
    ['host/a.ts', '../core/b.ts', true],
    ['host/a.ts', 'node:child_process', true],
    ['host/a.ts', 'vscode', false],
    ['host/a.ts', '../engine/b.ts', false],
    ['host/a.ts', '../index/b.ts', false],
    ['host/a.ts', 'node-llama-cpp', false],
    ['workspace/a.ts', 'vscode', true],
    ['workspace/a.ts', '../core/b.ts', true],
    ['workspace/a.ts', '../host/b.ts', false],
    ['workspace/a.ts', '../features/chat/b.ts', false],
    ['features/chat/a.ts', './b.ts', true],
    ['features/chat/a.ts', './parts/b.ts', true],
    ['features/chat/a.ts', '../../workspace/b.ts', true],
    ['features/chat/a.ts', '../../webview/messages.ts', true],
    ['features/chat/a.ts', '../../webview/b.ts', false],
    ['features/chat/a.ts', '../status/b.ts', false],
    ['features/chat/a.ts', '../../host/b.ts', false],
    ['features/chat/a.ts', '../../rpc/b.ts', false],
    ['features/chat/a.ts', '../../engine/b.ts', false],
    ['features/chat/a.ts', 'node:fs', false],
    ['features/chat/a.ts', '../../../package.json', false],
    ['webview/a.ts', 'vscode', false],
    ['extension.ts', './host/b.ts', true],
    ['extension.ts', 'vscode', true],
    ['extension.ts', '../package.json', true],
    ['features/chat/a.ts', '../../extension.ts', false],
    ['base/a.ts', './missing.ts', false],
    ['utils/a.ts', '../base/b.ts', false],
  ];

  for (const [from, specifier, allowed] of rows) {
    it(`${from} ${allowed ? 'may' : 'may not'} import ${specifier}`, () => {
      const found = breaches(withTargets([[from, `import { b } from '${specifier}';\n`]]));
      assert.equal(found.length, allowed ? 0 : 1, found.join('\n'));
    });
  }

  it('sees every kind of import, and none in comments', () => {
    const source = [
      "import one from './one.ts';",
      "import type { Two } from './two.ts';",
      "import {\n  a,\n  type B,\n} from './three.ts';",
      "import './four.ts';",
      "export * from './five.ts';",
      "export type { Six } from './six.ts';",
      "const seven = await import('./seven.ts');",
      "let eight: import('./eight.ts').Eight;",
      "import * as nine from './nine.ts' with { type: 'json' };",
      "// import no from './no.ts';",
      "/* import no from './no.ts'; */",
      "export const text = 'from';",
    ].join('\n');
    const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
    assert.deepEqual(importsOf(source).sort(), names.map((name) => `./${name}.ts`).sort());
  });

  it('finds a cycle, also of types', () => {
    const found = breaches(
      new Map([
        ['base/a.ts', "import { b } from './b.ts';\n"],
        ['base/b.ts', "import type { C } from './c.ts';\n"],
        ['base/c.ts', "export { a } from './a.ts';\n"],
      ]),
    );
    assert.deepEqual(found, ['a cycle: base/a.ts → base/b.ts → base/c.ts → base/a.ts']);
  });

  it('finds a file of more than 400 lines', () => {
    const sources = (lines: number): Sources => new Map([['base/a.ts', '\n'.repeat(lines)]]);
    assert.deepEqual(breaches(sources(400)), []);
    assert.deepEqual(breaches(sources(401)), ['base/a.ts has 401 lines, 400 are allowed']);
  });
});

/** The made-up sources, and every file that the rows above import. */
function withTargets(sources: [path: string, source: string][]): Sources {
  const targets = [
    ...['base', 'child', 'core', 'rpc', 'engine', 'index'],
    ...['host', 'workspace', 'webview', 'features/chat'],
  ];
  const others = ['features/chat/parts/b.ts', 'features/status/b.ts', 'webview/messages.ts', 'extension.ts'];
  const paths = [...targets.map((folder) => `${folder}/b.ts`), ...others];
  return new Map([...paths.map((path): [string, string] => [path, '']), ...sources]);
}

function readSources(): Sources {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => path.replaceAll('\\', '/'));
  return new Map(files.map((path) => [path, readFileSync(join(SRC, path), 'utf8')]));
}
