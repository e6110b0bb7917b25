import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** One line per part of a staged extension with its files and unpacked size, the largest first. */
export async function summary(staged: string): Promise<string> {
  const parts = new Map</* part */ string, { files: number; bytes: number }>();
  for (const entry of await readdir(staged, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const part = partOf(relative(staged, file).replaceAll('\\', '/'));
    const sum = parts.get(part) ?? { files: 0, bytes: 0 };
    parts.set(part, { files: sum.files + 1, bytes: sum.bytes + (await stat(file)).size });
  }
  return [...parts]
    .sort(([, a], [, b]) => b.bytes - a.bytes)
    .map(
      ([part, { files, bytes }]) => `${inMb(bytes).padStart(9)} ${String(files).padStart(4)} files  ${part}`,
    )
    .join('\n');
}

export function inMb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function partOf(path: string): string {
  const runtime = /^dist\/node_modules\/(@node-llama-cpp\/[^/]+|node-llama-cpp)\//.exec(path)?.[1];
  if (runtime !== undefined) return runtime;
  if (path.startsWith('dist/node_modules/@vscode/tree-sitter-wasm/')) return 'tree-sitter and its grammars';
  if (path.startsWith('dist/node_modules/')) return "node-llama-cpp's dependencies";
  return path.startsWith('dist/') ? 'the bundles' : 'everything else';
}
