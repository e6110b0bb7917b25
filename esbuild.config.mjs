import { context, build } from 'esbuild';
import { rm } from 'node:fs/promises';
import process from 'node:process';

/** Three bundles: the extension in VS Code's host, and engine and index, each in a process of its own. */
const shared = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  outdir: 'dist',
  // The Node of VS Code 1.104, the oldest we run in.
  target: 'node22',
  // These find their binaries by their own place on disk.
  external: ['vscode', 'node-llama-cpp', '@vscode/tree-sitter-wasm'],
  // vscode-jsonrpc is CommonJS and asks for Node's modules by `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  sourcemap: true,
  minify: process.argv.includes('--minify'),
  logLevel: process.argv.includes('--quiet') ? 'warning' : 'info',
};

const bundles = [
  {
    ...shared,
    entryPoints: { extension: 'src/extension.ts' },
    // What activation does not need is imported later, from a file of its own.
    splitting: true,
    chunkNames: 'extension-[hash]',
  },
  { ...shared, entryPoints: { engine: 'src/engine/main.ts', index: 'src/index/main.ts' } },
];

await rm('dist', { recursive: true, force: true });
if (process.argv.includes('--watch')) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
