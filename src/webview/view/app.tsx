import type { JSX } from 'preact';
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isStreaming } from '../state/chatState.ts';
import type { Store } from '../state/store.ts';
import { Composer } from './composer.tsx';
import { Conversations } from './conversations.tsx';
import { Entries } from './entries.tsx';
import { useHost } from './hostContext.ts';
import { IconButton } from './iconButton.tsx';
import { LiveRegion } from './liveRegion.tsx';

export function App({ store }: { readonly store: Store }): JSX.Element {
  const host = useHost();
  const [state, setState] = useState(store.state);
  const [listed, setListed] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const focusBox = useCallback(() => box.current?.focus(), []);
  // Before the host hears that the page is ready: what it sends at once would not be drawn.
  useLayoutEffect(
    () =>
      store.subscribe(setState, (text) => {
        if (box.current === null) return;
        if (box.current.value.trim() === '') box.current.value = text;
        box.current.focus();
      }),
    [store],
  );
  const title = state.conversations.find(({ id }) => id === state.shown)?.title ?? 'New conversation';
  const busy = isStreaming(state);
  return (
    // The number says what the picture is of, for whoever watches the page from outside.
    <div class="app" data-seq={state.seq}>
      <header class="top">
        <IconButton icon="list" label="Conversations" expanded={listed} onClick={() => setListed(!listed)} />
        <h1 class="title" title={title}>
          {title}
        </h1>
        <IconButton
          icon="add"
          label="New conversation"
          onClick={() => host.post({ type: 'newConversation' })}
        />
      </header>
      <div class="middle">
        {listed && (
          <Conversations
            conversations={state.conversations}
            shown={state.shown}
            onClose={() => {
              setListed(false);
              focusBox();
            }}
          />
        )}
        <Entries key={state.shown} entries={state.entries} busy={busy} onFocusGone={focusBox} />
      </div>
      <footer class="bottom">
        <Composer state={state} busy={busy} box={box} />
      </footer>
      <LiveRegion entries={state.entries} />
    </div>
  );
}
