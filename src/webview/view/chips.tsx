import type { JSX } from 'preact';
import type { Attachment } from '../messages.ts';
import { Icon } from './icon.tsx';

interface Props {
  readonly attachments: readonly Attachment[];
  /** Without it they stay. */
  readonly onRemove?: (attachment: Attachment) => void;
}

/** What a question is about. */
export function Chips({ attachments, onRemove }: Props): JSX.Element {
  return (
    <ul class="chips" aria-label="Attached">
      {attachments.map((attachment) => (
        <li class="chip" key={attachment.id} title={attachment.detail}>
          <Icon name="file" />
          <span class="chip-label">{attachment.label}</span>
          {onRemove && (
            <button
              type="button"
              class="chip-remove"
              aria-label={`Remove ${attachment.label}`}
              title="Remove"
              onClick={() => onRemove(attachment)}
            >
              <Icon name="remove" />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
