import { extensionOf, folderOf } from '../files/subject.ts';

/** Where the tests of languages stand whose build tools look for them in a folder of their own. */
const FOLDERS: readonly (readonly [extensions: readonly string[], from: RegExp, to: string])[] = [
  [['java', 'kt', 'scala', 'groovy'], /(^|\/)src\/main\//, '$1src/test/'],
  [['rb'], /(^|\/)(?:lib|app)\//, '$1spec/'],
  [['php'], /(^|\/)(?:src|app)\//, '$1tests/'],
];

/** Where the tests of a file are looked for when there are none yet: beside it, or where its language has them. */
export function testPath(path: string): string {
  const extension = extensionOf(path);
  const [, from, to] = FOLDERS.find(([extensions]) => extensions.includes(extension)) ?? [];
  const placed = from && to ? path.replace(from, to) : path;
  const folder = folderOf(placed);
  const file = placed.slice(folder === '' ? 0 : folder.length + 1);
  const name = extension === '' ? file : file.slice(0, -extension.length - 1);
  const ending = file.slice(name.length);
  return `${folder}${folder && '/'}${testName(name, extension)}${ending}`;
}

function testName(name: string, extension: string): string {
  switch (extension) {
    case 'py':
      return `test_${name}`;
    case 'go':
    case 'c':
    case 'cc':
    case 'cpp':
    case 'cxx':
    case 'rs':
    case 'dart':
    case 'ex':
    case 'exs':
      return `${name}_test`;
    case 'rb':
      return `${name}_spec`;
    case 'java':
    case 'kt':
    case 'scala':
    case 'groovy':
    case 'php':
      return `${name}Test`;
    case 'cs':
    case 'fs':
    case 'swift':
      return `${name}Tests`;
    default:
      return `${name}.test`;
  }
}
