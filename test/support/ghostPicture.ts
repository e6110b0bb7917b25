import type { Placement } from '../../src/core/completion/placement.ts';
import type { View } from '../../src/core/completion/view.ts';

/** The document with the ghost text in ⟦ ⟧, as VS Code shows it: of what is replaced, what the text ends with stays. */
export function ghostPicture({ prefix, suffix }: View, placement: Placement | undefined): string | undefined {
  if (!placement) return undefined;
  const { text, replaceChars } = placement;
  const replaced = suffix.slice(0, replaceChars);
  const rest = suffix.slice(replaceChars);
  if (!text.endsWith(replaced)) return `${prefix}⟦${text}⟧~${replaced}~${rest}`;
  return `${prefix}⟦${text.slice(0, text.length - replaced.length)}⟧${replaced}${rest}`;
}
