import { languageOf } from '../../languages/languageOf.ts';
import type { Placement } from '../placement.ts';
import { Suggestion } from '../suggestion.ts';
import type { View } from '../view.ts';
import { blank } from './blank.ts';
import { brackets } from './brackets.ts';
import { chatPhrase } from './chatPhrase.ts';
import { codeFence } from './codeFence.ts';
import { dropPlaceholder } from './dropPlaceholder.ts';
import { echo } from './echo.ts';
import type { Filter, ShapeOptions } from './filter.ts';
import { foreignText } from './foreignText.ts';
import { howMuch } from './howMuch.ts';
import { indentation } from './indentation.ts';
import { lineStart } from './lineStart.ts';
import { linesBelow } from './linesBelow.ts';
import { repetition } from './repetition.ts';
import { restOfLineWritten } from './restOfLineWritten.ts';
import { tooLong } from './tooLong.ts';
import { trailingSpace } from './trailingSpace.ts';

/** In order; each sees what the one before it left. */
export const FILTERS: readonly Filter[] = [
  blank,
  chatPhrase,
  codeFence,
  foreignText,
  dropPlaceholder,
  lineStart,
  echo,
  howMuch,
  linesBelow,
  restOfLineWritten,
  brackets,
  repetition,
  indentation,
  trailingSpace,
  tooLong,
];

/** What drops a text that every filter left standing: the document holds all of it already. */
export const ALREADY_THERE = 'already there';

export interface ShapeInput {
  /** The document, its language and the cursor. */
  readonly view: View;
  /** What the model has written so far, with LF or CRLF. */
  readonly written: string;
  /** Whether that is all it writes. */
  readonly complete: boolean;
  readonly options: ShapeOptions;
}

export type Shaped =
  | {
      readonly kind: 'edit';
      /** The whole text to suggest at the cursor, with LF, and how it enters the document there. */
      readonly text: string;
      readonly edit: Placement;
      /** Whatever the model writes next, this answer stays the same. */
      readonly final: boolean;
    }
  /** Nothing to show, and the name of the filter that says so. */
  | { readonly kind: 'nothing'; readonly filter: string; readonly final: boolean };

/** What one filter made of a text. */
export interface FilterStep {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** The shaping of a text, filter by filter, up to the one that left nothing of it. */
export function explain(input: ShapeInput): {
  readonly steps: readonly FilterStep[];
  readonly shaped: Shaped;
} {
  const steps: FilterStep[] = [];
  const shaped = shape(input, (step) => steps.push(step));
  return { steps, shaped };
}

/** What to suggest, given what the model has written so far. Pure, and the same for the same text whether it streams or not. */
export function shape(
  { view, written, complete, options }: ShapeInput,
  onStep?: (step: FilterStep) => void,
): Shaped {
  const language = languageOf(view);
  let text = written.replaceAll('\r', '');
  let final = complete;
  for (const filter of FILTERS) {
    // What one filter made final is whole for those behind it; until then the last line may still grow.
    const filtered = filter.apply(text, { view, language, options, complete: final });
    onStep?.({ name: filter.name, before: text, after: filtered.text });
    text = filtered.text;
    final ||= filtered.final;
    if (text.trim() === '') return { kind: 'nothing', filter: filter.name, final };
  }
  const edit = new Suggestion(view, text).remainderAt(view);
  return edit ? { kind: 'edit', text, edit, final } : { kind: 'nothing', filter: ALREADY_THERE, final };
}
