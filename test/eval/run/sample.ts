import * as v from 'valibot';

/** What a model wrote for one task. Without any time in it: the same run again gives the same bytes. */
export const Sample = v.object({
  id: v.string(),
  /** As much as counts. */
  text: v.string(),
  /** The model ended by itself; enough was written; all tokens were used; the prompt has too many. */
  finish: v.picklist(['model', 'enough', 'length', 'prompt too long']),
});
export type Sample = v.InferOutput<typeof Sample>;

/** How long a sample took, in milliseconds inside the engine. */
export const Speed = v.object({
  id: v.string(),
  generatedTokens: v.number(),
  firstTokenMs: v.nullable(v.number()),
  totalMs: v.number(),
});
export type Speed = v.InferOutput<typeof Speed>;

export const Verdict = v.object({
  id: v.string(),
  passed: v.boolean(),
  /** How it failed. */
  why: v.string(),
});
export type Verdict = v.InferOutput<typeof Verdict>;
