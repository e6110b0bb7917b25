/**
 * The grammars that are read with, and shipped: of `@vscode/tree-sitter-wasm`'s those of languages whose files define what
 * other files use.
 */
export const GRAMMARS = [
  'typescript',
  'tsx',
  'javascript',
  'python',
  'go',
  'rust',
  'java',
  'c-sharp',
  'cpp',
  'ruby',
  'php',
] as const;

export type Grammar = (typeof GRAMMARS)[number];

/** C is read as C++: what differs between them is no definition. */
const BY_EXTENSION: Readonly<Record<string, Grammar>> = {
  ...{ ts: 'typescript', mts: 'typescript', cts: 'typescript', tsx: 'tsx' },
  ...{ js: 'javascript', mjs: 'javascript', cjs: 'javascript', jsx: 'javascript' },
  ...{
    py: 'python',
    pyi: 'python',
    go: 'go',
    rs: 'rust',
    java: 'java',
    cs: 'c-sharp',
    rb: 'ruby',
    php: 'php',
  },
  ...{ c: 'cpp', h: 'cpp', cc: 'cpp', cpp: 'cpp', cxx: 'cpp', hh: 'cpp', hpp: 'cpp', hxx: 'cpp' },
};

/** @param extension in lower case, without the dot. */
export function grammarOf(extension: string): Grammar | undefined {
  return Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined;
}
