import type { Eagerness } from './eagerness.ts';
import { gate, type GateReason, type Trigger } from './gate.ts';
import type { ShapeOptions } from './shaping/filter.ts';
import type { View } from './view.ts';

/** From the key: what is whole by then is shown. A second is felt as waiting, and less is taken for no answer. */
export const DEADLINE_MS = 700;

/** Who accepts a suggestion has read it first. Whoever types on within that time costs the model nothing. */
export const FOLLOW_UP_MS = 250;

/** A suggestion that grows is read anew. */
export const GROWTH_MS = 1_000;

/** What the user set, asked for at every key. */
export interface CompletionSettings {
  readonly enabled: boolean;
  readonly snoozed: boolean;
  readonly manualOnly: boolean;
  languageEnabled(view: View): boolean;
  /** The user's ignore rules keep it out of every prompt. */
  keptOut(view: View): boolean;
  readOnly(view: View): boolean;
  multiline(view: View): ShapeOptions['multiline'];
  /** How sure the model has to be of what is shown unasked. */
  eagerness(view: View): Eagerness;
  /** Overrides the adaptive delay. */
  readonly debounceMs: number | undefined;
  /** Milliseconds from the key after which whole lines are shown before all is written; undefined: never. */
  readonly deadlineMs: number | undefined;
  /**
   * Milliseconds of work to spend on a place before anything is typed there; 0 for none, undefined for no bound. With 0
   * what follows a suggestion is not asked for ahead either.
   */
  readonly warmUpMs: number | undefined;
}

/** {@link gate} with what the user set. */
export function gateWith(
  settings: CompletionSettings,
  view: View,
  trigger: Trigger,
  justDeleted: boolean,
): GateReason | undefined {
  const { enabled, snoozed, manualOnly } = settings;
  return gate({
    ...{ view, trigger, enabled, snoozed, manualOnly, justDeleted },
    languageEnabled: settings.languageEnabled(view),
    keptOut: settings.keptOut(view),
    readOnly: settings.readOnly(view),
  });
}
