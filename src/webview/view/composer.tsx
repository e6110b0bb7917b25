import type { JSX, RefObject } from 'preact';
import type { ChatState } from '../state/chatState.ts';
import { Chips } from './chips.tsx';
import { CompletionList, LIST_ID, optionId } from './completionList.tsx';
import { useHost } from './hostContext.ts';
import { IconButton } from './iconButton.tsx';
import { TokenMeter } from './tokenMeter.tsx';
import { useCompletion } from './useCompletion.ts';

interface Props {
  readonly state: ChatState;
  readonly busy: boolean;
  readonly box: RefObject<HTMLTextAreaElement | null>;
}

/** Where questions are written. */
export function Composer({ state, busy, box }: Props): JSX.Element {
  const host = useHost();
  const completion = useCompletion(box, state.completions);
  const { items, chosen } = completion;
  const send = (): void => {
    const text = box.current?.value.trim() ?? '';
    if (text === '' || busy || box.current === null) return;
    host.post({ type: 'send', text });
    box.current.value = '';
    host.keep({ draft: '' });
    completion.close();
  };
  const stop = (): void => host.post({ type: 'stop' });
  const onInput = (): void => {
    host.keep({ draft: box.current?.value ?? '' });
    completion.update();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter that ends the writing of a word in an input method does not send.
    if (event.isComposing || completion.onKeyDown(event)) return;
    if (event.key === 'Escape' && busy) stop();
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      // A key that is held since it was pressed elsewhere does not send.
      if (!event.repeat) send();
    }
  };
  return (
    <form
      class="composer"
      aria-label="Ask"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {items.length > 0 && <CompletionList items={items} chosen={chosen} onTake={completion.take} />}
      {state.attachments.length > 0 && (
        <Chips
          attachments={state.attachments}
          onRemove={({ id }) => {
            host.post({ type: 'removeAttachment', attachment: id });
            box.current?.focus();
          }}
        />
      )}
      <textarea
        ref={box}
        class="input"
        rows={1}
        aria-label="Your question"
        placeholder="Ask about your code, / for commands, @ for files"
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={items.length > 0 ? LIST_ID : undefined}
        aria-activedescendant={items.length > 0 ? optionId(chosen) : undefined}
        defaultValue={host.kept.draft}
        onInput={onInput}
        onKeyDown={onKeyDown}
        onBlur={completion.close}
      />
      <div class="composer-foot">
        <TokenMeter meter={state.meter} />
        {busy ? (
          <IconButton icon="stop" label="Stop (Escape)" text="Stop" onClick={stop} />
        ) : (
          <IconButton icon="send" label="Send (Enter)" text="Send" primary onClick={send} />
        )}
      </div>
    </form>
  );
}
