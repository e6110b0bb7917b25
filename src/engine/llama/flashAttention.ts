export interface FlashAttentionCase {
  /** What the host asks for; undefined: nothing. */
  readonly asked: boolean | undefined;
  readonly gpu: false | string;
  readonly isMla: boolean;
}

/**
 * How a context is run. On a processor flash attention helps compressed caches (MLA) and hurts all others at depth (measured,
 * docs/architecture.md). On a GPU llama.cpp decides by what the backend can run: CUDA has no kernel for the full keys and
 * values of DeepSeek-V2, and forcing it there fails.
 */
export function flashAttentionOf({ asked, gpu, isMla }: FlashAttentionCase): boolean | 'auto' {
  if (gpu === false) return asked ?? isMla;
  return asked === false ? false : 'auto';
}
