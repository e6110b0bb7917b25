import type { Trigger } from '../completion/gate.ts';
import type { GenerationTimes } from '../completion/generation.ts';
import type { Answer } from '../completion/answer.ts';
import type { Verdict } from '../completion/confidence.ts';
import type { ShapeOptions } from '../completion/shaping/filter.ts';
import type { View } from '../completion/view.ts';
import type { WrittenPiece } from '../completion/writtenPiece.ts';
import type { RefreshReport } from '../context/refreshReport.ts';
import type { CompletionResult, Prompt, ReadyModel } from '../ports/model.ts';

/** One question of the editor and all that became of it. Holds the user's text: it is shown to the user and goes nowhere else. */
export interface Inspected {
  readonly view: View;
  readonly trigger: Trigger;
  readonly answer: Pick<Answer, 'from' | 'reason' | 'placement' | 'elapsedMs'>;
  /** Absent where the model was not asked. */
  readonly generation?: InspectedGeneration;
  /** What was gathered of other files in the pause before. */
  readonly related: RefreshReport | undefined;
  readonly model: ReadyModel | undefined;
}

export interface InspectedGeneration {
  /** Where it began: the user may have typed on. */
  readonly view: View;
  readonly options: ShapeOptions;
  /** As it was sent; absent where that never came. */
  readonly prompt: Prompt | undefined;
  readonly pieces: readonly WrittenPiece[];
  readonly verdict: Verdict | undefined;
  readonly times: GenerationTimes;
  /** Absent while the engine works, and where it failed. */
  readonly result: CompletionResult | undefined;
}
