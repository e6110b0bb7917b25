import { glob } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles the test files that match, with {@link runHostSuite}, into one module whose `run()` VS Code calls.
 *
 * Packages stay imports, so `vscode` is the extension host's and mocha the one in node_modules. The name ends in
 * `.mjs` because that, and not a package.json, tells the extension host that a tests module is ESM.
 *
 * @returns the bundle's path.
 * @throws when no file matches: a suite that silently shrank to nothing would pass.
 */
export async function bundleHostSuite(globs: readonly string[]): Promise<string> {
  const files: string[] = [];
  for await (const file of glob(globs, { cwd: projectFolder })) files.push(file);
  files.sort();
  if (files.length === 0) throw new Error(`No test file matches ${globs.join(', ')}.`);
  const outfile = join(projectFolder, 'dist', 'test', 'hostSuite.mjs');
  await build({
    stdin: {
      contents: entry(files),
      resolveDir: import.meta.dirname,
      sourcefile: 'hostSuiteEntry.ts',
      loader: 'ts',
    },
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node22',
    sourcemap: 'linked',
    logLevel: 'warning',
  });
  return outfile;
}

function entry(files: readonly string[]): string {
  const paths = files.map((file) => JSON.stringify(resolve(projectFolder, file)));
  const list = paths.map((path) => `{ path: ${path}, load: () => import(${path}) }`).join(',\n');
  return `import { runHostSuite } from './hostSuite.ts';\nexport const run = () => runHostSuite([\n${list}\n]);\n`;
}

const projectFolder = join(import.meta.dirname, '..', '..');
