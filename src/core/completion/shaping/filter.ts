import type { View } from '../view.ts';

/** One step from what the model wrote to what is shown. Pure: the same text and view give the same answer. */
export interface Filter {
  readonly name: string;
  apply(text: string, context: ShapeContext): Filtered;
}

export interface ShapeContext {
  readonly view: View;
  /** False while the text may still grow at its end. */
  readonly complete: boolean;
}

export interface Filtered {
  /** What is left; '' drops the suggestion. */
  readonly text: string;
  /** Whatever the model writes next, this answer stays the same: generation can stop. */
  readonly final: boolean;
}
