import { GRAMMARS } from '../../src/index/syntax/grammars.ts';

/**
 * Whether a file of a package goes into the VSIX: what Node loads, and licences. Left out are types, source maps,
 * documents, tests, of node-llama-cpp what builds llama.cpp from source (35 MB) or makes new projects, and of tree-sitter
 * the grammars that nothing is read with.
 *
 * @param path inside the package, with `/`.
 */
export function isShipped(packageName: string, path: string): boolean {
  if (/^(licen[cs]e|notice)[^/]*$/i.test(path)) return true;
  if (/(^|\/)\./.test(path)) return false;
  if (/\.(map|[cm]?tsx?|flow|tsbuildinfo|md|markdown|txt|lock)$/i.test(path)) return false;
  if (/^(tests?|__tests__|docs?|examples?)\//.test(path)) return false;
  if (packageName === 'tree-sitter-wasm' && path.endsWith('.wasm')) return usedWasm.has(path);
  return packageName !== 'node-llama-cpp' || !onlyForBuilding.test(path);
}

/** Of `llama/` the runtime reads the release it was built for, and the grammars. */
const onlyForBuilding =
  /^(bins|templates)\/|^llama\/(?!grammars\/|binariesGithubRelease\.json$|llama\.cpp\.info\.json$)/;

const usedWasm = new Set(
  ['tree-sitter', ...GRAMMARS.map((grammar) => `tree-sitter-${grammar}`)].map((name) => `wasm/${name}.wasm`),
);
