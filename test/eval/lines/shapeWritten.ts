import * as v from 'valibot';
import { gate } from '../../../src/core/completion/gate.ts';
import type { Placement } from '../../../src/core/completion/placement.ts';
import { shape } from '../../../src/core/completion/shaping/shape.ts';
import type { View } from '../../../src/core/completion/view.ts';
import { type Hole, viewOfHole } from './hole.ts';
import { ONE_LINE } from './oneLine.ts';
import { NO_FIGURES, type Result } from './result.ts';

/** What another predictor wrote at a hole, as it came. */
export const Written = v.object({ id: v.string(), written: v.string() });

/** Another predictor's text, made a suggestion by the same rules as the model's. */
export function shapeWritten(written: string, hole: Hole): Result {
  const placement = placementOf(written, viewOfHole(hole));
  return {
    id: hole.id,
    text: placement?.text ?? '',
    replacedChars: placement?.replaceChars ?? 0,
    ...NO_FIGURES,
  };
}

function placementOf(written: string, view: View): Placement | undefined {
  const { enabled, snoozed, manualOnly } = ONE_LINE;
  const open = {
    enabled,
    snoozed,
    manualOnly,
    languageEnabled: true,
    keptOut: false,
    readOnly: false,
    justDeleted: false,
  };
  if (gate({ ...open, view, trigger: 'explicit' }) !== undefined) return undefined;
  const shaped = shape({ view, written, complete: true, options: { multiline: ONE_LINE.multiline(view) } });
  return shaped.kind === 'edit' ? shaped.edit : undefined;
}
