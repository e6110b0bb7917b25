import type { Kind } from './kinds.ts';
import type { Outline, OutlinedSymbol } from './outline.ts';

/** A word that begins a definition in one language or another, and what it defines. */
const KEYWORDS: Readonly<Record<string, Kind>> = {
  ...{
    function: 'function',
    func: 'function',
    fun: 'function',
    fn: 'function',
    def: 'function',
    sub: 'function',
  },
  ...{
    proc: 'function',
    defn: 'function',
    class: 'class',
    struct: 'class',
    object: 'class',
    record: 'class',
  },
  ...{ interface: 'interface', protocol: 'interface', trait: 'interface', enum: 'enum' },
  ...{ type: 'type', typealias: 'type', module: 'module', namespace: 'module' },
};

const DEFINITION = new RegExp(
  `^[ \\t]*(?:[a-z]{2,12}[ \\t]+){0,4}(${Object.keys(KEYWORDS).join('|')})[ \\t]+([A-Za-z_][\\w.:]{0,199})`,
);
const IMPORT =
  /^[ \t]*(?:#?[ \t]*include|import|require|require_relative|use|source|load|@import|@use)\b[ \t(]*['"<]?([\w./@:\\-]{1,200})/;

const LONGEST_LINE_CHARS = 400;

/** Of languages without a grammar: what lines look like definitions or imports, and blocks by their indentation. */
export function plainOutline(text: string): Outline {
  const lines = text.split('\n');
  const symbols: OutlinedSymbol[] = [];
  const imports: string[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.length > LONGEST_LINE_CHARS) continue;
    const [, keyword = '', name = ''] = DEFINITION.exec(line) ?? [];
    const kind = KEYWORDS[keyword];
    if (kind) {
      const signature = line.trim().replace(/\s*[{:]$/, '');
      symbols.push({ name, kind, firstLine: at, lastLine: lastLineOf(lines, at), signature });
    } else {
      const specifier = IMPORT.exec(line)?.[1];
      if (specifier !== undefined) imports.push(specifier);
    }
  }
  return { symbols, imports };
}

/** Up to the next line that stands no deeper, and with it where it only closes. */
function lastLineOf(lines: readonly string[], first: number): number {
  const depth = indentationOf(lines[first] ?? '');
  let last = first;
  for (let at = first + 1; at < lines.length && at <= first + MOST_LINES; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    if (indentationOf(line) <= depth) return /^\s*([\])}]|end\b)/.test(line) ? at : last;
    last = at;
  }
  return last;
}

/** Nobody is shown more of a definition, and each of many unclosed ones would look through the whole file. */
const MOST_LINES = 200;

function indentationOf(line: string): number {
  return line.length - line.trimStart().length;
}
