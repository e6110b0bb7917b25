import type { JSX } from 'preact';
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
  readonly onClick: () => void;
}

export function IconButton(props: Props): JSX.Element {
  const { icon, label, text, primary = false, expanded, disabled = false, onClick } = props;
  return (
    <button
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
