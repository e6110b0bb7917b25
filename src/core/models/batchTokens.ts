const LARGEST_BATCH_TOKENS = 512;

/** Below this the kernels of CPU flash attention take twice as long for each token (measured, docs/architecture.md). */
const SMALLEST_BATCH_TOKENS = 64;

/** What attention holds at once is a number for each token of the batch and each of the context: 8 M are 32 MB a head. */
const MOST_SCORES = 512 * 16_384;

/**
 * Tokens that llama.cpp evaluates at once on a processor. Its buffers grow with the product of batch and context, at 131,072 tokens
 * to eight times what is of use: a chunk of 64 at such a depth takes longer than a chunk should.
 */
export function batchTokens(contextTokens: number): number {
  let batch = LARGEST_BATCH_TOKENS;
  while (batch > SMALLEST_BATCH_TOKENS && batch * contextTokens > MOST_SCORES) batch /= 2;
  return batch;
}
