import type { Language } from '../../languages/language.ts';
import type { View } from '../view.ts';

/** One step from what the model wrote to what is shown. Pure: the same text and context give the same answer. */
export interface Filter {
  readonly name: string;
  apply(text: string, context: ShapeContext): Filtered;
}

export interface ShapeContext {
  readonly view: View;
  readonly language: Language;
  readonly options: ShapeOptions;
  /** False while the text may still grow at its end. */
  readonly complete: boolean;
}

/** What the user set. */
export interface ShapeOptions {
  /** Whether a suggestion may go over several lines. `auto`: where the syntax at the cursor asks for them. */
  readonly multiline: 'auto' | 'never' | 'always';
}

export interface Filtered {
  /** What is left; '' drops the suggestion. */
  readonly text: string;
  /** Whatever the model writes next, this answer stays the same: generation can stop. */
  readonly final: boolean;
}
