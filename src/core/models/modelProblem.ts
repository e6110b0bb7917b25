/** What a user can do about a problem, as one action. */
export type ModelAction = 'choose-model' | 'restart-engine' | 'show-log';

export type ModelProblemKind =
  | 'no-model'
  | 'model-missing'
  | 'model-unreadable'
  | 'not-gguf'
  | 'truncated'
  | 'unsupported-architecture'
  | 'not-enough-memory'
  | 'no-binary'
  | 'load-failed'
  | 'engine-died';

/** Why there is no model to complete with: one sentence or two for the user, and the one thing to do about it. */
export interface ModelProblem {
  readonly kind: ModelProblemKind;
  readonly message: string;
  readonly action: ModelAction;
}

export const NO_MODEL: ModelProblem = {
  kind: 'no-model',
  message: 'Deepwell has no model at work. Choose a GGUF code model on this machine to get completions.',
  action: 'choose-model',
};
