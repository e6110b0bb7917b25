import { posix } from 'node:path';

/** Source files by their path under `src`, with forward slashes. */
export type Sources = ReadonlyMap</* path */ string, string>;

interface Layer {
  /** Folders under `src` it may import from; its own always, but for features. */
  readonly folders: readonly string[];
  /** npm packages, 'vscode', and 'node:' for all of Node's own modules. */
  readonly packages: readonly string[];
}

/** Who may import whom. A folder without a row here may not exist. */
const LAYERS: Readonly<Record<string, Layer>> = {
  base: { folders: [], packages: [] },
  core: { folders: ['base'], packages: ['valibot', 'lru-cache', 'diff', 'ignore'] },
  rpc: { folders: ['base'], packages: ['vscode-jsonrpc', 'valibot'] },
  child: { folders: ['base'], packages: ['node:'] },
  engine: {
    folders: ['base', 'child', 'rpc'],
    packages: ['node:', 'node-llama-cpp', '@huggingface/jinja', 'vscode-jsonrpc', 'valibot'],
  },
  index: {
    folders: ['base', 'child', 'rpc', 'core'],
    packages: ['node:', 'vscode-jsonrpc', '@vscode/tree-sitter-wasm'],
  },
  host: { folders: ['base', 'core', 'rpc'], packages: ['node:', 'vscode-jsonrpc'] },
  workspace: { folders: ['base', 'core'], packages: ['vscode'] },
  features: { folders: ['base', 'core', 'workspace'], packages: ['vscode'] },
  webview: {
    folders: ['base'],
    packages: ['preact', 'valibot', 'markdown-it', 'dompurify', 'highlight.js'],
  },
};

const ROOT = 'extension.ts';
const SHARED_CONTRACT = 'webview/messages.ts';
const MAX_LINES = 400;

/** Every breach of the rules, as sentences; none where all is well. */
export function breaches(sources: Sources): string[] {
  const found: string[] = [];
  for (const [path, source] of sources) {
    const lines = source.split('\n').length - (source.endsWith('\n') ? 1 : 0);
    if (lines > MAX_LINES) found.push(`${path} has ${lines} lines, ${MAX_LINES} are allowed`);
    for (const specifier of importsOf(source)) {
      const complaint = complaintAbout(path, specifier, sources);
      if (complaint) found.push(`${path} imports ${specifier}: ${complaint}`);
    }
  }
  return [...found, ...cycles(sources).map((cycle) => `a cycle: ${cycle.join(' → ')}`)];
}

/** What a file imports: static, type-only, re-exported, for side effects, dynamic, and in types. */
export function importsOf(source: string): string[] {
  const code = source.replace(/\/\*[^]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const patterns = [
    /^\s*(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^\s*import\s*['"]([^'"]+)['"]/gm,
    /\b(?:import|require)\s*\(\s*['"`]([^'"`]+)['"`]/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ''));
}

function complaintAbout(from: string, specifier: string, sources: Sources): string | undefined {
  if (specifier.startsWith('.')) {
    const to = posix.normalize(posix.join(posix.dirname(from), specifier));
    if (to.startsWith('../')) return from === ROOT ? undefined : 'it is outside of src';
    return sources.has(to) ? complaintAboutFile(from, to) : 'there is no such file';
  }
  if (from === ROOT) return undefined;
  const layer = LAYERS[folderOf(from)];
  if (layer === undefined) return 'its folder has no row in the table of layers';
  const name = specifier.startsWith('node:') ? 'node:' : packageOf(specifier);
  return layer.packages.includes(name) ? undefined : `${folderOf(from)} may not`;
}

function complaintAboutFile(from: string, to: string): string | undefined {
  if (to === ROOT) return 'nothing imports the root';
  if (from === ROOT) return undefined;
  const [own, other] = [folderOf(from), folderOf(to)];
  const layer = LAYERS[own];
  if (layer === undefined) return 'its folder has no row in the table of layers';
  if (layer.folders.includes(other)) return undefined;
  if (own === 'features' && to === SHARED_CONTRACT) return undefined;
  if (own !== other) return `${own} may not`;
  const isOtherFeature = own === 'features' && featureOf(from) !== featureOf(to);
  return isOtherFeature ? 'one feature may not know another' : undefined;
}

/** Each cycle once, from its first file in alphabetical order. */
function cycles(sources: Sources): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      found.push([...trail.slice(start), path]);
      return;
    }
    if (done.has(path)) return;
    for (const to of filesImportedBy(path, sources)) visit(to, [...trail, path]);
    done.add(path);
  };
  for (const path of [...sources.keys()].sort()) visit(path, []);
  return found;
}

function filesImportedBy(path: string, sources: Sources): string[] {
  return importsOf(sources.get(path) ?? '')
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.normalize(posix.join(posix.dirname(path), specifier)));
}

function folderOf(path: string): string {
  return path.split('/', 1)[0] ?? '';
}

function featureOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
