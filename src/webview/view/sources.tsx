import type { JSX } from 'preact';
import type { Source } from '../messages.ts';
import { Link } from './link.tsx';

/** What of the workspace the answer was given from. */
export function Sources({ sources }: { readonly sources: readonly Source[] }): JSX.Element {
  return (
    <details class="sources">
      <summary>{sources.length === 1 ? '1 source' : `${sources.length} sources`}</summary>
      <ul>
        {sources.map(({ label, path, line }) => (
          <li key={`${path}:${line}`}>
            <Link target={{ kind: 'file', path, line }}>{label}</Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
