const LARGEST_BATCH_TOKENS = 512;

/**
 * What attention holds at once is a number for each token of the batch and each of the context. With flash attention that is one mask, and below 64
 * tokens its kernels take twice as long for each. Without, it is a mask, and of every head scores and their copy: 2 M are 13 MB a head, and
 * small batches are hardly slower (both measured, docs/architecture.md).
 */
const LIMITS = {
  flash: { mostScores: 512 * 16_384, smallestTokens: 64 },
  plain: { mostScores: 128 * 16_384, smallestTokens: 16 },
};

/**
 * Tokens that llama.cpp evaluates at once on a processor. Its buffers grow with the product of batch and context; a chunk that
 * is larger is cut into batches.
 */
export function batchTokens(contextTokens: number, flashAttention: boolean): number {
  const { mostScores, smallestTokens } = flashAttention ? LIMITS.flash : LIMITS.plain;
  let batch = LARGEST_BATCH_TOKENS;
  while (batch > smallestTokens && batch * contextTokens > mostScores) batch /= 2;
  return batch;
}
