/**
 * What the page draws at most, so that no text can freeze it. Whatever is beyond is said to be, and is still there for
 * Copy and Export, which are the host's.
 */
export const LIMITS = {
  /** Of one message; about 100,000 tokens. */
  messageChars: 400_000,
  /** Of one message. What follows is plain text, in larger pieces. */
  blocks: 1_500,
  /** Drawn in one frame; a long message that arrives at once takes several. */
  blocksPerFrame: 50,
  /** A stretch of Markdown without a place to split it. Beyond, it is plain text. */
  blockChars: 12_000,
  /** One after another until a boundary comes, so that each is laid out once. */
  plainChunkChars: 4_000,
  /** A list is one block as long as it is not longer than this: a screen reader counts its items. */
  listChars: 4_000,
  /** HTML elements that one block may become; a table of 12,000 characters could be many more. */
  elements: 3_000,
  /** Quotes in quotes, lists in lists. */
  nesting: 24,
  /** Code is coloured up to here. */
  highlightedChars: 20_000,
  /** Lines of code that are laid out together while the block grows. */
  codeChunkLines: 64,
} as const;
