import { context, build } from 'esbuild';
import { rm } from 'node:fs/promises';
import process from 'node:process';

/** The extension in VS Code's host; engine and index, each in a process of its own; and the chat's page. */
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

/** The page runs in the Chromium of VS Code 1.104, with nothing of Node. */
const page = {
  bundle: true,
  platform: 'browser',
  format: 'esm',
  outdir: 'dist/webview',
  target: 'chrome138',
  entryPoints: { chat: 'src/webview/main.tsx' },
  define: { 'process.env.NODE_ENV': '"production"' },
  minify: true,
  sourcemap: shared.sourcemap,
  logLevel: shared.logLevel,
};

const bundles = [
  {
    ...shared,
    entryPoints: { extension: 'src/extension.ts' },
    // VS Code's host takes a millisecond or two for each module that an ES module imports, Node's own among them, and next to
    // nothing for CommonJS. What activation does not need is imported later: it stands in the same file, not yet run.
    format: 'cjs',
    banner: {},
    outExtension: { '.js': '.cjs' },
  },
  { ...shared, entryPoints: { engine: 'src/engine/main.ts', index: 'src/index/main.ts' } },
  page,
  { ...page, entryPoints: { chat: 'src/webview/chat.css' } },
];

await rm('dist', { recursive: true, force: true });
if (process.argv.includes('--watch')) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
