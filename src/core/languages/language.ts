/** How blocks of code begin and end: `if x:` and deeper lines, `if (x) {` and `}`, `if x then` and `end`. */
export type BlockStyle = 'indentation' | 'braces' | 'keywords';

/** What completing a text needs to know of its language. */
export interface Language {
  readonly name: string;
  /** What begins a comment that ends with its line. */
  readonly lineComments: readonly string[];
  readonly blockComments: readonly (readonly [open: string, close: string])[];
  readonly blocks: BlockStyle;
  /** Characters that begin and end a string. */
  readonly quotes: string;
  /** Written for people: sentences, and fences of code are part of the text. */
  readonly prose: boolean;
}
