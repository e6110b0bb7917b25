import type { Kind } from './kinds.ts';

/** What a file defines and imports. Lines are counted from 0. */
export interface Outline {
  readonly symbols: readonly OutlinedSymbol[];
  /** As they are written in the file, each language in its own way; in order, each once. */
  readonly imports: readonly string[];
}

export interface OutlinedSymbol {
  readonly name: string;
  readonly kind: Kind;
  readonly firstLine: number;
  /** The last of its own lines. */
  readonly lastLine: number;
  readonly signature: string;
}

const LONGEST_NAME = 200;
const LONGEST_SIGNATURE = 600;
/** A file with more symbols than this is a table. */
const MOST_SYMBOLS = 2_000;
const MOST_IMPORTS = 300;

/** An outline that a hostile file cannot make large. */
export function boundedOutline({ symbols, imports }: Outline): Outline {
  return {
    symbols: symbols
      .filter(({ name }) => name !== '' && name.length <= LONGEST_NAME)
      .slice(0, MOST_SYMBOLS)
      .map((symbol) => ({ ...symbol, signature: symbol.signature.slice(0, LONGEST_SIGNATURE).trimEnd() })),
    imports: [...new Set(imports)]
      .filter((specifier) => specifier !== '' && specifier.length <= LONGEST_NAME)
      .slice(0, MOST_IMPORTS),
  };
}
