import type { GateReason, Trigger } from './gate.ts';
import type { Generation } from './generation.ts';
import type { Placement } from './placement.ts';
import type { View } from './view.ts';

/** How one call was answered. */
export interface Answer {
  readonly from: 'memory' | 'model' | 'gate' | 'superseded';
  readonly placement: Placement | undefined;
  readonly view: View;
  readonly trigger: Trigger;
  readonly reason?: GateReason;
  /** From the call to the answer. */
  readonly elapsedMs: number;
  /** Present when the model was asked. */
  readonly generation?: Generation;
}
