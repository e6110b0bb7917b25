import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Kept } from '../host.ts';
import type { ToHost } from '../messages.ts';

/** What components know of the host. */
export interface Poster {
  readonly kept: Kept;
  post(message: ToHost): void;
  keep(change: Partial<Kept>): void;
}

export const HostContext = createContext<Poster>({ kept: { draft: '' }, post: () => {}, keep: () => {} });

export function useHost(): Poster {
  return useContext(HostContext);
}
