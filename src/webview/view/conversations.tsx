import type { JSX } from 'preact';
import type { Conversation } from '../messages.ts';
import { useHost } from './hostContext.ts';
import { IconButton } from './iconButton.tsx';

interface Props {
  readonly conversations: readonly Conversation[];
  /** Id of the one that is shown. */
  readonly shown: string;
  readonly onClose: () => void;
}

/** All conversations of the workspace, to open, export and delete. */
export function Conversations({ conversations, shown, onClose }: Props): JSX.Element {
  const host = useHost();
  const open = (conversation: string): void => {
    host.post({ type: 'openConversation', conversation });
    onClose();
  };
  return (
    <nav class="conversations" aria-label="Conversations">
      {conversations.length === 0 && <p class="empty-list">No conversations yet.</p>}
      <ul>
        {conversations.map(({ id, title, when }) => (
          <li key={id} class={id === shown ? 'conversation shown' : 'conversation'}>
            <button
              type="button"
              class="conversation-open"
              aria-current={id === shown ? 'true' : undefined}
              onClick={() => open(id)}
            >
              <span class="conversation-title">{title}</span>
              <span class="conversation-when">{when}</span>
            </button>
            <IconButton
              icon="export"
              label={`Export “${title}” as Markdown`}
              onClick={() => host.post({ type: 'exportConversation', conversation: id })}
            />
            <IconButton
              icon="trash"
              label={`Delete “${title}”`}
              onClick={() => host.post({ type: 'deleteConversation', conversation: id })}
            />
          </li>
        ))}
      </ul>
    </nav>
  );
}
