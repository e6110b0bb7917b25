import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatMessage } from '../messages.ts';
import type { ShownMessage } from '../state/chatState.ts';
import { MessageText } from './blocks.tsx';
import { Chips } from './chips.tsx';
import { EditBox } from './editBox.tsx';
import { useHost } from './hostContext.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './iconButton.tsx';
import { memo } from './memo.ts';
import { Sources } from './sources.tsx';

interface Props {
  readonly entry: ShownMessage;
  /** An answer is being written: what would change the talk has to wait. */
  readonly busy: boolean;
  /** What has the focus goes away. */
  readonly onFocusGone: () => void;
}

export const Message = memo(({ entry, busy, onFocusGone }: Props): JSX.Element => {
  const { message, blocks } = entry;
  const host = useHost();
  const { editing: kept } = host.kept;
  const [editing, setEditing] = useState(kept?.message === message.id);
  const [cancelled, setCancelled] = useState(false);
  const isUser = message.role === 'user';
  const article = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const shown = article.current;
    return () => {
      if (shown?.contains(document.activeElement) === true) onFocusGone();
    };
  }, [onFocusGone]);
  const endEdit = (isCancelled: boolean): void => {
    setEditing(false);
    setCancelled(isCancelled);
    host.keep({ editing: undefined });
  };
  const saveEdit = (text: string): void => {
    endEdit(false);
    onFocusGone();
    host.post({ type: 'edit', message: message.id, text });
  };
  return (
    <article ref={article} class={`message ${message.role}`} aria-label={isUser ? 'Question' : 'Answer'}>
      <header class="message-head">
        <h2>{isUser ? 'You' : 'Deepwell'}</h2>
        {message.status !== 'streaming' && !editing && (
          <Actions message={message} busy={busy} editFocused={cancelled} onEdit={() => setEditing(true)} />
        )}
      </header>
      {message.attachments.length > 0 && <Chips attachments={message.attachments} />}
      {editing ? (
        <EditBox
          text={kept?.message === message.id ? kept.text : message.text}
          busy={busy}
          onChange={(text) => host.keep({ editing: { message: message.id, text } })}
          onSave={saveEdit}
          onCancel={() => {
            endEdit(true);
            // The button to edit it is not to be had then.
            if (busy) onFocusGone();
          }}
        />
      ) : isUser ? (
        <div class="plain">{message.text.slice(0, SHOWN_QUESTION_CHARS)}</div>
      ) : (
        <MessageText blocks={blocks} message={message.id} />
      )}
      {isUser && message.text.length > SHOWN_QUESTION_CHARS && (
        <p class="limit-note">The rest is not shown.</p>
      )}
      {message.status === 'streaming' && blocks.finished.length === 0 && blocks.open === undefined && (
        <Thinking />
      )}
      {message.sources.length > 0 && <Sources sources={message.sources} />}
      <Ending message={message} busy={busy} />
    </article>
  );
});

const SHOWN_QUESTION_CHARS = 20_000;

function Actions(props: {
  readonly message: ChatMessage;
  readonly busy: boolean;
  readonly editFocused: boolean;
  readonly onEdit: () => void;
}): JSX.Element {
  const { message, busy, editFocused, onEdit } = props;
  const host = useHost();
  const { id, role } = message;
  const what = role === 'user' ? 'question' : 'answer';
  return (
    <div class="message-actions" role="group" aria-label={`Actions on this ${what}`}>
      <IconButton
        icon="copy"
        label={`Copy ${what}`}
        onClick={() => host.post({ type: 'copy', message: id })}
      />
      {role === 'user' ? (
        <IconButton
          icon="edit"
          label="Edit and ask again"
          disabled={busy}
          focused={editFocused}
          onClick={onEdit}
        />
      ) : (
        <IconButton
          icon="again"
          label="Answer again"
          disabled={busy}
          onClick={() => host.post({ type: 'regenerate', message: id })}
        />
      )}
      <IconButton
        icon="trash"
        label={`Delete ${what}`}
        disabled={busy}
        onClick={() => host.post({ type: 'delete', message: id })}
      />
    </div>
  );
}

/** How an answer ended, where that is not by itself. */
function Ending({
  message,
  busy,
}: {
  readonly message: ChatMessage;
  readonly busy: boolean;
}): JSX.Element | null {
  const host = useHost();
  if (message.status === 'stopped') return <p class="ending">Stopped.</p>;
  if (message.status !== 'partial') return null;
  return (
    <div class="notice warning">
      <Icon name="info" />
      <span class="notice-text">
        {message.reason === '' ? 'This answer is not complete.' : message.reason}
      </span>
      <IconButton
        icon="again"
        label="Retry"
        text="Retry"
        disabled={busy}
        onClick={() => host.post({ type: 'regenerate', message: message.id })}
      />
    </div>
  );
}

function Thinking(): JSX.Element {
  return (
    <p class="thinking">
      <span class="dots" aria-hidden="true">
        <span />
        <span />
        <span />
      </span>
      Reading…
    </p>
  );
}
