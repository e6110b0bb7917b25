import type { JSX } from 'preact';

/** Text as it is; with a note where it was meant to be more. */
export function PlainText({
  text,
  note = false,
}: {
  readonly text: string;
  readonly note?: boolean;
}): JSX.Element {
  return (
    <>
      {note && <p class="limit-note">Too long to format: shown as plain text.</p>}
      <div class="plain">{text}</div>
    </>
  );
}
