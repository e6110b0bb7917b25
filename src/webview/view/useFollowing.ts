import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';

/** Nearer to the end than this, in pixels, the user is reading along. */
const NEAR_PX = 48;

/** Keeps the end of the talk in view for as long as the user does not scroll away from it. */
export function useFollowing(
  scrolled: RefObject<HTMLElement | null>,
  /** Another value: what is shown has changed. */
  change: unknown,
): { readonly following: boolean; readonly follow: () => void } {
  const [following, setFollowing] = useState(true);
  useEffect(() => {
    const element = scrolled.current;
    if (element === null) return;
    const onScroll = (): void => {
      setFollowing(element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, []);
  const toEnd = (): void => {
    if (scrolled.current !== null) scrolled.current.scrollTop = scrolled.current.scrollHeight;
  };
  useLayoutEffect(() => {
    if (following) toEnd();
  }, [change, following]);
  const follow = (): void => {
    setFollowing(true);
    toEnd();
  };
  return { following, follow };
}
