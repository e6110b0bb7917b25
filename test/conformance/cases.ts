import * as v from 'valibot';

const Shown = v.object({
  prefix: v.string(),
  suffix: v.string(),
  completions: v.array(v.string()),
});

/** One case: a document around the cursor, what the model wrote, and what is to be inserted. */
export const Case = v.object({
  id: v.string(),
  language: v.string(),
  filename: v.optional(v.string()),
  prefix: v.string(),
  suffix: v.string(),
  /** Null where no model is asked. */
  modelOutput: v.nullable(v.string()),
  /** Null: nothing is shown. */
  expected: v.nullable(v.string()),
  /** How much of the line's rest the edit goes over. */
  replaceSuffix: v.optional(v.string()),
  replaceSuffixLength: v.optional(v.number()),
  /** What was on the screen before. */
  shown: v.optional(v.nullable(Shown)),
  /** What was remembered before. */
  cached: v.optional(v.array(v.object({ prefix: v.string(), suffix: v.string(), completion: v.string() }))),
  /** Whether what was shown has been taken, by typing or accepting it. */
  expectAccepted: v.optional(v.boolean()),
});

export type Case = v.InferOutput<typeof Case>;

/** A list of cases, or an object that holds one. */
export const Cases = v.union([
  v.array(Case),
  v.pipe(
    v.object({ cases: v.array(Case) }),
    v.transform(({ cases }) => cases),
  ),
]);
