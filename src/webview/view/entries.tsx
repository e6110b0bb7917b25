import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { isMessage, type ShownEntry } from '../state/chatState.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './iconButton.tsx';
import { Message } from './message.tsx';
import { useFollowing } from './useFollowing.ts';

interface Props {
  readonly entries: readonly ShownEntry[];
  readonly busy: boolean;
  /** As {@link Message} has it; the same function always, or every message is drawn again. */
  readonly onFocusGone: () => void;
}

/** The talk: questions, answers, and rows that say what happened to it. */
export function Entries({ entries, busy, onFocusGone }: Props): JSX.Element {
  const scrolled = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { following, follow } = useFollowing(scrolled, content);
  return (
    <div class="talk">
      <main class="entries" ref={scrolled} tabIndex={0} aria-label="Conversation">
        <div ref={content}>
          {entries.length === 0 && <Welcome />}
          {entries.map((entry) =>
            isMessage(entry) ? (
              <Message key={entry.message.id} entry={entry} busy={busy} onFocusGone={onFocusGone} />
            ) : (
              <p key={entry.id} class="notice">
                <Icon name="info" />
                <span class="notice-text">{entry.text}</span>
              </p>
            ),
          )}
        </div>
      </main>
      {!following && (
        <div class="to-end">
          <IconButton icon="down" label="To the end" onClick={follow} />
        </div>
      )}
    </div>
  );
}

function Welcome(): JSX.Element {
  return (
    <div class="welcome">
      <h2>Ask about your code</h2>
      <p>
        The answers come from the model on this machine. Select code to ask about it, or begin with one of
        these:
      </p>
      <dl>
        {COMMANDS.map(([command, what]) => (
          <div key={command}>
            <dt>
              <code>{command}</code>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const COMMANDS: readonly (readonly [command: string, what: string])[] = [
  ['/explain', 'say what the selection does'],
  ['/fix', 'find what is wrong with it'],
  ['/tests', 'write tests for it'],
  ['@file', 'attach a file or a symbol'],
];
