/** A name, where it is defined. */
export interface Defined {
  readonly name: string;
  readonly path: string;
  /** Counted from 0. */
  readonly line: number;
}

export interface Imported {
  /** What the file calls it. */
  readonly local: string;
  readonly original: string;
  /** The last part of the module's name. */
  readonly module: string;
}

const IMPORT_LINE = /^\s*(?:(?:import|from)\b|export\s*[{*]|export\s.*\bfrom\b)/;

const TYPESCRIPT_DEFINITION =
  /^(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\*?|class|interface|type|enum|const|let|namespace)\s+([\w$]+)/;
const PYTHON_DEFINITION = /^(?:(?:async\s+)?def|class)\s+(\w+)|^([A-Za-z_]\w*)\s*(?::[^=]+)?=(?!=)/;

/** Of the outermost level: what others can import. By regular expressions, so that the bench does not lean on the index it judges. */
export function definitionsIn(path: string, text: string): Defined[] {
  const pattern = isPython(path) ? PYTHON_DEFINITION : TYPESCRIPT_DEFINITION;
  return text.split('\n').flatMap((content, line) => {
    const match = pattern.exec(content);
    const name = match?.[1] ?? match?.[2];
    return name === undefined ? [] : [{ name, path, line }];
  });
}

const TYPESCRIPT_IMPORT = /^import\s+(?:type\s+)?([^'";]*?)\s+from\s+['"](\.[^'"]*)['"];?/gm;
const ANY_TYPESCRIPT_IMPORT = /^(?:import\b|export\s[^'";]*?\bfrom\b)[^'";]*['"][^'"]*['"];?/gm;
const PYTHON_IMPORT = /^[ \t]*from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n(]+)/gm;
const ANY_PYTHON_IMPORT = /^(?:from[ \t]+[.\w]+[ \t]+import[ \t]+(?:\([^)]*\)|[^\n(]+)|import[ \t].*)/gm;

/** What a file imports by name from its repository, and the line behind its last import of the outermost level. */
export function importedIn(path: string, text: string): { names: Imported[]; endLine: number } {
  const python = isPython(path);
  const own = path.split('/')[0] ?? '';
  const names: Imported[] = [];
  for (const match of text.matchAll(python ? PYTHON_IMPORT : TYPESCRIPT_IMPORT)) {
    const [clause = '', from = ''] = python ? [match[2], match[1]] : [match[1], match[2]];
    if (!from.startsWith('.') && from.split('.')[0] !== own) continue;
    const module =
      from
        .replace(/\.[cm]?[jt]sx?$/, '')
        .split(/[./]/)
        .filter(Boolean)
        .at(-1) ?? '';
    for (const part of clause
      .replace(/#.*/g, '')
      .replace(/[{}()]/g, '')
      .split(',')) {
      const [original = '', local = original] = part
        .trim()
        .replace(/^type\s+/, '')
        .split(/\s+as\s+/);
      if (/^[\w$]{3,}$/.test(original)) names.push({ local, original, module });
    }
  }
  const ends = [...text.matchAll(python ? ANY_PYTHON_IMPORT : ANY_TYPESCRIPT_IMPORT)].map(
    (match) => match.index + match[0].length,
  );
  const end = Math.max(0, ...ends);
  return { names, endLine: end === 0 ? 0 : text.slice(0, end).split('\n').length };
}

/** For each line, whether it is of a comment, of a string over several lines or of an import. */
export function isNoCode(path: string, lines: readonly string[]): boolean[] {
  const python = isPython(path);
  const [open, close] = python ? [/("""|''')/, /("""|''')/] : [/\/\*/, /\*\//];
  let inside = false;
  let isImport = false;
  return lines.map((line) => {
    if (isImport || (!inside && IMPORT_LINE.test(line))) {
      // A list in brackets goes on until they close.
      isImport = isImport ? !/[)}]/.test(line) : /[({][^)}]*$/.test(line);
      return true;
    }
    if (inside) {
      inside = !close.test(line);
      return true;
    }
    const at = open.exec(line);
    if (!at) return python ? /^\s*[#@]/.test(line) : /^\s*\/\//.test(line);
    inside = !close.test(line.slice(at.index + at[0].length));
    return true;
  });
}

function isPython(path: string): boolean {
  return path.endsWith('.py');
}
