/**
 * A text in pieces of `size` tokens, each with BOS in the place of its first token; what is left at the end is not
 * counted. So does llama.cpp's tool (tools/perplexity/perplexity.cpp).
 */
export function chunked<T>(tokens: readonly T[], size: number, bos: T | undefined): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start + size <= tokens.length; start += size) {
    const chunk = tokens.slice(start, start + size);
    if (bos !== undefined) chunk[0] = bos;
    chunks.push(chunk);
  }
  return chunks;
}

/** The first position whose prediction counts: those with at least half a chunk before them do. */
export function firstScored(chunkTokens: number): number {
  return Math.floor(chunkTokens / 2);
}
