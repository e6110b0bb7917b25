import type { ComponentChildren, JSX } from 'preact';
import type { LinkTarget } from '../markdown/linkTarget.ts';
import type { ToHost } from '../messages.ts';
import { useHost } from './hostContext.ts';

interface Props {
  readonly target: LinkTarget;
  readonly children: ComponentChildren;
}

/** A link without an address: no click, of whichever button, no drag and no menu can lead anywhere but to the host. */
export function Link({ target, children }: Props): JSX.Element {
  const host = useHost();
  const open = (): void => host.post(openMessage(target));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') open();
  };
  return (
    <a role="link" class="link" tabIndex={0} title={titleOf(target)} onClick={open} onKeyDown={onKeyDown}>
      {children}
    </a>
  );
}

function openMessage(target: LinkTarget): ToHost {
  return target.kind === 'web'
    ? { type: 'openLink', href: target.href }
    : { type: 'openFile', path: target.path, line: target.line };
}

/** Where it leads, since the words of a link say what the model likes. */
function titleOf(target: LinkTarget): string {
  if (target.kind === 'web') return target.href;
  return target.line === 0 ? target.path : `${target.path}:${target.line}`;
}
