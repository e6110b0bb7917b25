import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

interface Props {
  readonly icon: IconName;
  /** What it does, and to what: read aloud and shown as a tool tip. */
  readonly label: string;
  /** A word beside the icon, where there is room. */
  readonly text?: string;
  readonly primary?: boolean;
  readonly expanded?: boolean;
  readonly disabled?: boolean;
  /** Takes the focus when it is first drawn: what had it has gone. */
  readonly focused?: boolean;
  readonly onClick: () => void;
}

export function IconButton(props: Props): JSX.Element {
  const { icon, label, text, primary = false, expanded, disabled = false, focused = false, onClick } = props;
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (focused) button.current?.focus();
  }, []);
  return (
    <button
      ref={button}
      type="button"
      class={primary ? 'button primary' : 'button'}
      aria-label={label}
      aria-expanded={expanded}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
      {text !== undefined && <span class="button-text">{text}</span>}
    </button>
  );
}
