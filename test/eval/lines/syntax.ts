import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
// A CommonJS module whose names Node does not see.
import treeSitter from '@vscode/tree-sitter-wasm';
import type { Grammar } from '../../../src/index/syntax/grammars.ts';
import { fileOf, type Hole } from './hole.ts';
import { documentWith, type Suggested } from './score.ts';

/** Those that holes are in. */
const OF_HOLES: readonly Grammar[] = ['typescript', 'tsx', 'javascript', 'python'];

/** Tells by tree-sitter whether files parse. Holds the grammars, so make it once. */
export class Syntax {
  private readonly _parsers: ReadonlyMap<Grammar, treeSitter.Parser>;
  /** Whether the original file parses. */
  private readonly _originals = new Map</* file */ string, boolean>();

  private constructor(parsers: ReadonlyMap<Grammar, treeSitter.Parser>) {
    this._parsers = parsers;
  }

  static async load(grammars = OF_HOLES): Promise<Syntax> {
    await treeSitter.Parser.init();
    const parsers = new Map<Grammar, treeSitter.Parser>();
    for (const grammar of grammars) {
      const file = import.meta.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${grammar}.wasm`);
      const language = await treeSitter.Language.load(await readFile(fileURLToPath(file)));
      parsers.set(grammar, new treeSitter.Parser().setLanguage(language));
    }
    return new Syntax(parsers);
  }

  /**
   * Whether the file parses with the suggestion in it. Undefined where that says nothing: without a suggestion, and
   * where the original does not parse either.
   */
  parsesWith(hole: Hole, suggested: Suggested): boolean | undefined {
    if (suggested.text === '' || !this.originalParses(hole)) return undefined;
    return this.parses(documentWith(hole, suggested), grammarOf(hole));
  }

  /** No error in the tree, and nothing that the parser put there because it was missing. */
  parses(text: string, grammar: Grammar): boolean {
    return this.withTree(text, grammar, (root) => !root.hasError);
  }

  /** What `read` makes of the file's tree, which is gone afterwards. */
  withTree<T>(text: string, grammar: Grammar, read: (root: treeSitter.Node) => T): T {
    const tree = this._parsers.get(grammar)?.parse(text);
    if (!tree) throw new Error(`tree-sitter gave no tree for ${grammar}.`);
    try {
      return read(tree.rootNode);
    } finally {
      // Trees lie in the memory of the WebAssembly module, out of the garbage collector's reach.
      tree.delete();
    }
  }

  private originalParses(hole: Hole): boolean {
    const file = fileOf(hole);
    const known = this._originals.get(file);
    if (known !== undefined) return known;
    const parses = this.parses(hole.prefix + hole.middle + hole.suffix, grammarOf(hole));
    this._originals.set(file, parses);
    return parses;
  }
}

function grammarOf({ language, path }: Hole): Grammar {
  return language === 'typescript' && path.endsWith('.tsx') ? 'tsx' : language;
}
