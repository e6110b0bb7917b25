import { CIRCLED } from './circles.ts';
import type { Answer } from './conversation.ts';

/**
 * The variant that is asked for in an answer's place: another one, unless it was cut off by something that the model has nothing to do
 * with. Asking for the likeliest words again would give the same again.
 */
export function variantAfter({ status, reason, variant }: Answer): number {
  return status === 'partial' && reason !== CIRCLED ? variant : variant + 1;
}
