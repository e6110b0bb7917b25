import type { JSX } from 'preact';
import type { Completion } from '../messages.ts';

export const LIST_ID = 'completions';

export function optionId(index: number): string {
  return `completion-${index}`;
}

interface Props {
  readonly items: readonly Completion[];
  readonly chosen: number;
  readonly onTake: (item: Completion) => void;
}

/** What may stand behind `/` or `@`. The focus stays in the input box. */
export function CompletionList({ items, chosen, onTake }: Props): JSX.Element {
  return (
    <ul class="completions" role="listbox" id={LIST_ID} aria-label="Completions">
      {items.map((item, index) => (
        <li
          key={item.id}
          id={optionId(index)}
          role="option"
          class="completion"
          aria-selected={index === chosen}
          // The input box would lose the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(item)}
        >
          <span class="completion-label">{item.label}</span>
          <span class="completion-detail">{item.detail}</span>
        </li>
      ))}
    </ul>
  );
}
