/** What knows a language better than an index does, where there is such a thing. */
export interface LanguageServer {
  /**
   * Where what stands at a place is defined. Nothing where nobody knows; never rejects.
   *
   * @param line counted from 0, as `character` is.
   */
  definitionsAt(
    uri: string,
    line: number,
    character: number,
    signal: AbortSignal,
  ): Promise<readonly DefinedAt[]>;
}

export interface DefinedAt {
  readonly uri: string;
  /** Counted from 0. */
  readonly firstLine: number;
  /** Behind the last line of the definition; undefined where only its name's place is known. */
  readonly endLine: number | undefined;
}

export const NO_LANGUAGE_SERVER: LanguageServer = { definitionsAt: async () => [] };
