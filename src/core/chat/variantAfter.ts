import type { Answer } from './conversation.ts';
import { CIRCLED, CUT } from './endings.ts';

/**
 * The variant that is asked for in an answer's place: another one, unless it was ended by something that the model has nothing to do
 * with. Asking for the likeliest words again would give the same again.
 */
export function variantAfter({ status, reason, variant }: Answer): number {
  const isInterrupted = status === 'partial' && reason !== CIRCLED && reason !== CUT;
  return isInterrupted ? variant : variant + 1;
}
