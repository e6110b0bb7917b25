import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seeded } from '../../../src/base/seeded.ts';
import { packageFolder, PACKAGES, type PinnedPackage } from './packages.ts';

/** A line somebody wrote, and the file around it. */
export interface RealLine {
  readonly path: string;
  readonly languageId: string;
  /** The lines above, and the line's own indentation: the editor writes that. */
  readonly before: string;
  readonly text: string;
  /** From the line's end on. */
  readonly after: string;
}

/** Shorter ones are closers and keywords. */
const SHORTEST = 12;
const LONGEST = 100;
/** A place has some text above it that it follows from. */
const LINES_ABOVE = 10;
const COMMENT = /^(\/\/|\/\*|\*|#|"""|''')/;

/** As many lines of each language, chosen by `seed`; in turn, so that the first of them are a sample too. */
export async function realLines(count: number, seed: number): Promise<RealLine[]> {
  const random = seeded(seed);
  const byPackage: RealLine[][] = [];
  for (const each of PACKAGES) byPackage.push(shuffled(await linesOf(each), random));
  const lines: RealLine[] = [];
  for (let turn = 0; lines.length < count; turn++) {
    const next = byPackage.flatMap((all) => all[turn] ?? []);
    if (next.length === 0) break;
    lines.push(...next);
  }
  return lines.slice(0, count);
}

async function linesOf(each: PinnedPackage): Promise<RealLine[]> {
  const folder = await packageFolder(each);
  const paths = (await readdir(folder, { recursive: true }))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => each.files.test(path))
    .sort();
  const found: RealLine[] = [];
  for (const path of paths) {
    const text = (await readFile(join(folder, path), 'utf8')).replaceAll('\r\n', '\n');
    found.push(...linesIn(text).map((line) => ({ ...line, path, languageId: each.languageId })));
  }
  return found;
}

function linesIn(text: string): Pick<RealLine, 'before' | 'text' | 'after'>[] {
  const found: Pick<RealLine, 'before' | 'text' | 'after'>[] = [];
  let start = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const code = line.trim();
    const isTyped = code.length >= SHORTEST && code.length <= LONGEST && !COMMENT.test(code);
    if (isTyped && index >= LINES_ABOVE) {
      const from = start + line.indexOf(code);
      found.push({ before: text.slice(0, from), text: code, after: text.slice(start + line.length) });
    }
    start += line.length + 1;
  }
  return found;
}

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  return all
    .map((value) => ({ value, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value);
}
