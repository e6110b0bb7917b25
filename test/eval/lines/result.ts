import * as v from 'valibot';

const Figure = v.nullable(v.number());

/** What one predictor suggested at one hole. Figures are null where no engine was asked. */
export const Result = v.object({
  id: v.string(),
  /** To insert at the cursor; '' where nothing was suggested. */
  text: v.string(),
  /** Characters behind the cursor that the text goes over. */
  replacedChars: v.number(),
  promptTokens: Figure,
  reusedTokens: Figure,
  generatedTokens: Figure,
  /** Milliseconds inside the engine, until the first token and in all. */
  firstTokenMs: Figure,
  engineMs: Figure,
  /** All that a model wrote, piece by piece with the natural logarithm of its probability; absent where it is not known. */
  written: v.optional(v.array(v.tuple([v.string(), v.number()]))),
});

export type Result = v.InferOutput<typeof Result>;

export const NO_FIGURES = {
  promptTokens: null,
  reusedTokens: null,
  generatedTokens: null,
  firstTokenMs: null,
  engineMs: null,
};
