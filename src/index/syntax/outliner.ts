import type { Log } from '../../base/log.ts';
import { extensionOf } from '../../core/files/subject.ts';
import { type Grammar, grammarOf } from './grammars.ts';
import { boundedOutline, type Outline } from './outline.ts';
import { plainOutline } from './plainOutline.ts';
import type { SyntaxOutliner } from './syntaxOutline.ts';

/** A parse cannot be interrupted, and queries wait for it: longer files are read by their lines. */
const LONGEST_PARSED_CHARS = 300_000;

/** Files in which words that look like definitions are prose or data. */
const WITHOUT_DEFINITIONS = new Set([
  '',
  'md',
  'mdx',
  'txt',
  'rst',
  'json',
  'jsonc',
  'yml',
  'yaml',
  'xml',
  'html',
  'css',
  'scss',
  'less',
]);

/** The outline of any file: by syntax where there is a grammar, by its lines elsewhere. */
export class Outliner {
  private readonly _syntax: SyntaxOutliner;
  private readonly _log: Log;
  private readonly _broken = new Set<Grammar>();

  constructor(syntax: SyntaxOutliner, log: Log) {
    this._syntax = syntax;
    this._log = log;
  }

  async outline(path: string, text: string): Promise<Outline> {
    const extension = extensionOf(path);
    if (WITHOUT_DEFINITIONS.has(extension)) return { symbols: [], imports: [] };
    const grammar = grammarOf(extension);
    const parsed =
      grammar && text.length <= LONGEST_PARSED_CHARS ? await this.parsed(grammar, text) : undefined;
    return boundedOutline(parsed ?? plainOutline(text));
  }

  private async parsed(grammar: Grammar, text: string): Promise<Outline | undefined> {
    if (this._broken.has(grammar)) return undefined;
    try {
      return await this._syntax.outline(grammar, text);
    } catch (error) {
      // A wasm module that failed once is in no known state.
      this._broken.add(grammar);
      this._log.error(`Files are read without the grammar of ${grammar}`, error);
      return undefined;
    }
  }
}
