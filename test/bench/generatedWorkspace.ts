import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { seeded } from '../../src/base/seeded.ts';

const FILES_IN_A_FOLDER = 50;
const NOUNS =
  'order,invoice,customer,payment,ledger,basket,voucher,shipment,refund,warehouse,carrier,tariff'.split(',');
const VERBS = 'load,save,merge,split,check,find,sort,count,print,parse,round,close'.split(',');

/**
 * Writes a workspace of so many files that is the same each time: TypeScript, and of ten files one each in Python and Go;
 * functions that call each other, imports of files nearby, 60 to 180 lines. Every name is made of a few words and a number,
 * as in real code most words are common and most names are not.
 *
 * @returns the paths of its files.
 */
export async function generateWorkspace(folder: string, fileCount: number): Promise<string[]> {
  const paths: string[] = [];
  for (let file = 0; file < fileCount; file++) {
    const path = pathOf(file);
    if (file % FILES_IN_A_FOLDER === 0) await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), contentOf(file));
    paths.push(path);
  }
  return paths;
}

/** A function that the file defines, by its number. */
export function nameIn(file: number, at: number): string {
  const random = seeded(file * 1_000 + at);
  const [verb, noun, of] = [pick(VERBS, random), pick(NOUNS, random), pick(NOUNS, random)];
  return `${verb}${capital(noun)}${capital(of)}${file % 1_000}`;
}

function pathOf(file: number): string {
  const extension = file % 10 === 8 ? 'py' : file % 10 === 9 ? 'go' : 'ts';
  const folder = Math.floor(file / FILES_IN_A_FOLDER);
  return `area${folder % 10}/part${folder}/file${file}.${extension}`;
}

function contentOf(file: number): string {
  const random = seeded(file);
  const functions = 6 + Math.floor(random() * 12);
  const bodies = Array.from({ length: functions }, (_, at) => functionOf(file, at, random));
  if (file % 10 === 8) return bodies.map(({ python }) => python).join('\n\n');
  if (file % 10 === 9) return `package part\n\n${bodies.map(({ go }) => go).join('\n\n')}`;
  const near = Math.max(0, file - 1 - Math.floor(random() * 5));
  const imports = `import { ${nameIn(near, 0)} } from './file${near}.ts';\n\n`;
  return imports + bodies.map(({ script }) => script).join('\n\n');
}

function functionOf(file: number, at: number, random: () => number) {
  const name = nameIn(file, at);
  const [argument, local] = [pick(NOUNS, random), `${pick(VERBS, random)}ed${capital(pick(NOUNS, random))}`];
  const call = nameIn(Math.max(0, file - Math.floor(random() * 50)), Math.floor(random() * 6));
  const steps = Array.from(
    { length: 4 },
    () => `${local}.${pick(VERBS, random)}(${argument}, ${Math.floor(random() * 100)})`,
  );
  return {
    script: [
      `export function ${name}(${argument}: number): number {`,
      `  const ${local} = ${call}(${argument});`,
      ...steps.map((step) => `  ${step};`),
      `  if (${local} > ${argument}) return ${local};\n  return ${argument};\n}`,
    ].join('\n'),
    python: [
      `def ${name}(${argument}):`,
      `    ${local} = ${call}(${argument})`,
      ...steps.map((step) => `    ${step}`),
    ].join('\n'),
    go: [
      `func ${capital(name)}(${argument} int) int {`,
      `\t${local} := ${call}(${argument})`,
      ...steps.map((step) => `\t${step}`),
      `\treturn ${argument}\n}`,
    ].join('\n'),
  };
}

function pick(words: readonly string[], random: () => number): string {
  return words[Math.floor(random() * words.length)] ?? '';
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
