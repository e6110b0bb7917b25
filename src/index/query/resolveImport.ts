import { posix } from 'node:path';
import { extensionOf, folderOf } from '../../core/files/subject.ts';

/** The files of one workspace folder, as far as imports ask for them. */
export interface FileSet {
  has(path: string): boolean;
  /** Files with this name without its extensions, in lower case. */
  named(name: string): readonly string[];
}

const MOST_FOUND = 5;

const SCRIPT = ['ts', 'tsx', 'mts', 'cts', 'd.ts', 'js', 'jsx', 'mjs', 'cjs', 'vue', 'svelte'];
const IS_SCRIPT = new Set(['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs', 'vue', 'svelte']);

/** Languages that find each other's files. */
const FAMILIES = [
  SCRIPT,
  ['py', 'pyi'],
  ['c', 'h', 'cc', 'cpp', 'cxx', 'hh', 'hpp', 'hxx'],
  ['java', 'kt', 'scala'],
];

/**
 * The files of the workspace folder that an import in `from` means, best first; none where it is a library's.
 *
 * @param specifier as {@link importSpecifiers} makes them.
 */
export function resolveImport(from: string, specifier: string, files: FileSet): string[] {
  const extension = extensionOf(from);
  if (IS_SCRIPT.has(extension)) return resolveScript(from, specifier, files);
  if (extension === 'py' || extension === 'pyi') return resolvePython(from, specifier, files);
  return resolveByName(from, specifier, files);
}

function resolveScript(from: string, specifier: string, files: FileSet): string[] {
  if (!specifier.startsWith('.')) return [];
  const path = posix.normalize(posix.join(folderOf(from), specifier));
  // TypeScript names the file that it will write.
  const bare = path.replace(/\.[cm]?jsx?$/, '');
  const candidates = [
    path,
    ...SCRIPT.map((extension) => `${bare}.${extension}`),
    ...SCRIPT.map((extension) => `${path}.${extension}`),
    ...SCRIPT.map((extension) => `${path}/index.${extension}`),
  ];
  return candidates.filter((candidate) => files.has(candidate)).slice(0, 1);
}

/** A module is sought from the file's own folder upwards: which of them are roots is nowhere written. */
function resolvePython(from: string, specifier: string, files: FileSet): string[] {
  const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
  const module = specifier.slice(dots).split('.').filter(Boolean).join('/');
  const own = folderOf(from);
  const folders = dots > 0 ? [climb(own, dots - 1)] : foldersUpFrom(own);
  for (const folder of folders) {
    const path = posix.join(folder, module);
    const found = [`${path}.py`, `${path}.pyi`, posix.join(path, '__init__.py')].find((candidate) =>
      files.has(candidate),
    );
    if (found !== undefined && found !== from) return [found];
  }
  return [];
}

/** By the name alone, and of several those whose folders fit the rest of the specifier best. */
function resolveByName(from: string, specifier: string, files: FileSet): string[] {
  const extension = extensionOf(from);
  const family = FAMILIES.find((each) => each.includes(extension)) ?? [extension];
  const parts = specifier
    .replace(/\.(h|hh|hpp|hxx|rb|php|lua|sh)$/i, '')
    .split(/[./:\\]+/)
    .filter(Boolean);
  // The last part may be something inside the module.
  for (const length of [parts.length, parts.length - 1]) {
    const name = parts[length - 1];
    if (name === undefined) continue;
    const fits = files
      .named(name.toLowerCase())
      .filter((path) => path !== from && family.includes(extensionOf(path)))
      .map((path) => ({ path, fit: sharedFolders(path, parts.slice(0, length - 1)) }));
    const best = Math.max(...fits.map(({ fit }) => fit));
    const found = fits.filter(({ fit }) => fit === best).map(({ path }) => path);
    // Many files of one name, and nothing that tells which is meant: none is.
    if (found.length > 0) return found.length > MOST_FOUND ? [] : found;
  }
  return [];
}

function sharedFolders(path: string, parts: readonly string[]): number {
  const folders = folderOf(path).split('/');
  let shared = 0;
  while (shared < parts.length && folders.at(-1 - shared) === parts.at(-1 - shared)) shared++;
  return shared;
}

function climb(folder: string, steps: number): string {
  return steps === 0 ? folder : climb(folderOf(folder), steps - 1);
}

function foldersUpFrom(folder: string): string[] {
  return folder === '' ? [''] : [folder, ...foldersUpFrom(folderOf(folder))];
}
