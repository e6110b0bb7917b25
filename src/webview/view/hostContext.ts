import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ToHost } from '../messages.ts';

/** What components know of the host. */
export interface Poster {
  readonly draft: string;
  post(message: ToHost): void;
  keep(state: { readonly draft: string }): void;
}

export const HostContext = createContext<Poster>({ draft: '', post: () => {}, keep: () => {} });

export function useHost(): Poster {
  return useContext(HostContext);
}
