import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import treeSitter, { type Language, type Node, type Parser, type Query } from '@vscode/tree-sitter-wasm';
import type { Grammar } from './grammars.ts';
import { importSpecifiers } from './importSpecifiers.ts';
import { isKind, type Kind } from './kinds.ts';
import type { Outline, OutlinedSymbol } from './outline.ts';
import { PATTERNS } from './patterns.ts';

/** Code that takes longer is no code that people write; queries wait meanwhile. */
const LONGEST_PARSE_MS = 500;

interface Reader {
  readonly parser: Parser;
  readonly query: Query;
}

/** Outlines by tree-sitter. A grammar is loaded with its first file. */
export class SyntaxOutliner {
  private readonly _folder: string;
  private _started: Promise<void> | undefined;
  private readonly _readers = new Map<Grammar, Promise<Reader>>();

  /** @param folder with the wasm files of the runtime and its grammars. */
  constructor(folder = packageFolder()) {
    this._folder = folder;
  }

  /**
   * @returns undefined where the text cannot be parsed in a reasonable time.
   * @throws what the runtime throws where it or the grammar cannot be loaded.
   */
  async outline(grammar: Grammar, text: string): Promise<Outline | undefined> {
    const { parser, query } = await this.reader(grammar);
    const deadlineMs = performance.now() + LONGEST_PARSE_MS;
    const progressCallback = (): boolean => performance.now() > deadlineMs;
    const tree = parser.parse(text, null, { progressCallback });
    if (!tree) {
      // Otherwise the next text would be taken for the rest of this one.
      parser.reset();
      return undefined;
    }
    try {
      return readMatches(grammar, query, tree.rootNode, text);
    } finally {
      tree.delete();
    }
  }

  private reader(grammar: Grammar): Promise<Reader> {
    const known = this._readers.get(grammar) ?? this.load(grammar);
    this._readers.set(grammar, known);
    return known;
  }

  private async load(grammar: Grammar): Promise<Reader> {
    this._started ??= treeSitter.Parser.init({ locateFile: (name) => join(this._folder, name) });
    await this._started;
    const language: Language = await treeSitter.Language.load(
      await readFile(join(this._folder, `tree-sitter-${grammar}.wasm`)),
    );
    const parser = new treeSitter.Parser();
    parser.setLanguage(language);
    return { parser, query: new treeSitter.Query(language, PATTERNS[grammar]) };
  }
}

function packageFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));
}

function readMatches(grammar: Grammar, query: Query, root: Node, text: string): Outline {
  const symbols = new Map</* where the definition and its name begin */ string, OutlinedSymbol>();
  const imports: string[] = [];
  for (const { captures } of query.matches(root)) {
    const of = (capture: string): Node | undefined => captures.find(({ name }) => name === capture)?.node;
    const imported = of('import');
    if (imported) imports.push(...importSpecifiers(grammar, imported.text));
    const name = of('name');
    const definition = captures.find((capture) => isKind(capture.name));
    if (!name || !definition || !isKind(definition.name)) continue;
    const key = `${definition.node.startIndex} ${name.startIndex}`;
    const known = symbols.get(key);
    // A pattern that fits more closely says more than one that fits every function, type or variable.
    if (known && !isCloser(definition.name, known.kind)) continue;
    symbols.set(key, symbolOf(name.text, definition.name, definition.node, of('body'), text));
  }
  return { symbols: [...symbols.values()], imports };
}

function isCloser(kind: Kind, known: Kind): boolean {
  return known === 'variable' || known === 'type' || (known === 'function' && kind === 'method');
}

function symbolOf(
  name: string,
  kind: Kind,
  node: Node,
  body: Node | undefined,
  text: string,
): OutlinedSymbol {
  const end = body?.startIndex ?? node.endIndex;
  const lineStart = text.lastIndexOf('\n', node.startIndex - 1) + 1;
  // Words like `export` stand before the definition's own node.
  const before = text.slice(lineStart, node.startIndex);
  const start = /^[\s\w]*$/.test(before) ? lineStart : node.startIndex;
  return {
    // C++ names a member outside of its class with the class.
    name: name.replace(/^.*::/s, ''),
    kind,
    firstLine: node.startPosition.row,
    // A node may take in the end of its last line.
    lastLine: Math.max(
      node.startPosition.row,
      node.endPosition.row - (node.endPosition.column === 0 ? 1 : 0),
    ),
    signature: text
      .slice(start, end)
      .trim()
      .replace(/(\s*(\{|=>|=|:))$/, (mark) => (body && !mark.includes('=>') ? '' : mark)),
  };
}
