import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Nearer to the end than this, in pixels, the user is reading along. */
const NEAR_PX = 48;

/** Keeps the end of the talk in view as it grows, for as long as the user does not scroll away from it. */
export function useFollowing(
  scrolled: RefObject<HTMLElement | null>,
  /** What is scrolled. */
  content: RefObject<HTMLElement | null>,
): { readonly following: boolean; readonly follow: () => void } {
  const [following, setFollowing] = useState(true);
  const isFollowing = useRef(true);
  const follow = (): void => {
    isFollowing.current = true;
    setFollowing(true);
    if (scrolled.current !== null) scrolled.current.scrollTop = scrolled.current.scrollHeight;
  };
  useEffect(() => {
    const element = scrolled.current;
    if (element === null || content.current === null) return;
    const onScroll = (): void => {
      isFollowing.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
      setFollowing(isFollowing.current);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    const observer = new ResizeObserver(() => {
      if (isFollowing.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(content.current);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, []);
  return { following, follow };
}
