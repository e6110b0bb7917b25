import { type Defined, definitionsIn, importedIn, isNoCode } from './roughSyntax.ts';

/** A line that uses what another file of its repository defines, with a cursor in it. */
export interface CrossLine {
  readonly path: string;
  /** Of the cursor: at the line's first character, or just before the name. */
  readonly offset: number;
  /** From the cursor to the line's end. */
  readonly truth: string;
  readonly name: string;
  readonly definition: Defined;
}

const MOST_PER_FILE = 3;
const SHORTEST_CHARS = 4;
const LONGEST_CHARS = 200;

/**
 * Lines where a name that is imported and defined in another file stands for the first time below the imports: later ones can be
 * copied from the file itself.
 *
 * @param random from 0 to 1, seeded.
 */
export function chooseLines(
  files: ReadonlyMap</* path */ string, string>,
  limit: number,
  random: () => number,
): CrossLine[] {
  const definitions = new Map</* name */ string, Defined[]>();
  for (const [path, text] of files) {
    for (const each of definitionsIn(path, text)) {
      definitions.set(each.name, [...(definitions.get(each.name) ?? []), each]);
    }
  }
  const perFile = [...files].map(([path, text]) =>
    shuffled(linesOf(path, text, definitions, random), random).slice(0, MOST_PER_FILE),
  );
  return shuffled(perFile.flat(), random).slice(0, limit);
}

function linesOf(
  path: string,
  text: string,
  definitions: ReadonlyMap<string, readonly Defined[]>,
  random: () => number,
): CrossLine[] {
  const { names, endLine } = importedIn(path, text);
  const lines = text.split('\n');
  const noCode = isNoCode(path, lines);
  const taken = new Set</* line */ number>();
  const found: CrossLine[] = [];
  for (const { local, original, module } of names) {
    const defined = definitions.get(original) ?? [];
    if (defined.length === 0 || defined.some((each) => each.path === path)) continue;
    const definition = defined.find((each) => bare(each.path).endsWith(module)) ?? defined[0];
    const use = new RegExp(`(?<![.\\w$])${local.replaceAll('$', '\\$')}(?![\\w$])`);
    const at = lines.findIndex(
      (line, index) => index >= endLine && !noCode[index] && use.test(withoutStrings(line)),
    );
    const line = lines[at];
    if (line === undefined || definition === undefined || taken.has(at)) continue;
    taken.add(at);
    const start = lines.slice(0, at).reduce((chars, each) => chars + each.length + 1, 0);
    const fromName = withoutStrings(line).search(use);
    const column = random() < 0.5 ? line.search(/\S/) : fromName;
    const truth = line.slice(column);
    if (truth.length < SHORTEST_CHARS || truth.length > LONGEST_CHARS) continue;
    found.push({ path, offset: start + column, truth, name: original, definition });
  }
  return found;
}

/** As long as it was, so that columns stay. */
function withoutStrings(line: string): string {
  return line
    .replace(/(['"`])(?:\\.|(?!\1).)*\1/g, (string) => ' '.repeat(string.length))
    .replace(/(?:\/\/|#).*/, (comment) => ' '.repeat(comment.length));
}

function bare(path: string): string {
  return path.replace(/\.\w+$/, '');
}

export function shuffled<T>(values: readonly T[], random: () => number): T[] {
  return values
    .map((value) => ({ value, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}
