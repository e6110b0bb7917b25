import type { Placement } from './placement.ts';
import type { View } from './view.ts';

/** The document as it will be once `placement` has been accepted at `view`. */
export function afterAccept(view: View, { text, replaceChars }: Placement): View {
  return {
    ...view,
    offset: view.offset + text.length,
    prefix: view.prefix + text,
    suffix: view.suffix.slice(replaceChars),
  };
}
