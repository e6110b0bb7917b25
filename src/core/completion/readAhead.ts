import { sleep } from '../../base/abort.ts';
import type { ReadyModel } from '../ports/model.ts';
import { type PromptContext, redactAhead } from './prompt.ts';
import type { View } from './view.ts';

/** {@link redactAhead} with the event loop turning between its steps, until `signal` aborts. */
export async function readAhead(
  view: View,
  model: ReadyModel | undefined,
  context: PromptContext,
  signal: AbortSignal,
): Promise<void> {
  if (!model) return;
  const steps = redactAhead(view, model, context);
  while (!signal.aborted && !steps.next().done) await sleep(0);
}
