import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Props {
  readonly text: string;
  /** An answer is being written: asking again has to wait. */
  readonly busy: boolean;
  readonly onChange: (text: string) => void;
  readonly onSave: (text: string) => void;
  readonly onCancel: () => void;
}

/** A question, opened for changes. */
export function EditBox({ text, busy, onChange, onSave, onCancel }: Props): JSX.Element {
  const box = useRef<HTMLTextAreaElement>(null);
  // With the box itself, not a frame later: what is typed meanwhile would be lost.
  useLayoutEffect(() => box.current?.focus(), []);
  const save = (): void => {
    const changed = box.current?.value.trim() ?? '';
    if (changed !== '' && !busy) onSave(changed);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Escape') onCancel();
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      // The key that opened the box, still held, does not save it.
      if (!event.repeat) save();
    }
  };
  return (
    <div class="edit-box">
      <textarea
        ref={box}
        class="input"
        aria-label="Edit the question"
        defaultValue={text}
        onInput={() => onChange(box.current?.value ?? '')}
        onKeyDown={onKeyDown}
      />
      <div class="edit-buttons">
        <button type="button" class="button primary" disabled={busy} onClick={save}>
          Ask again
        </button>
        <button type="button" class="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </div>
  );
}
