import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { completedText, type Trigger, triggerAt } from '../input/trigger.ts';
import type { Completion } from '../messages.ts';
import type { ChatState } from '../state/chatState.ts';
import { useHost } from './hostContext.ts';

interface Completing {
  readonly items: readonly Completion[];
  readonly chosen: number;
  /** The text or the cursor is another. */
  readonly update: () => void;
  readonly take: (item: Completion) => void;
  readonly close: () => void;
  /** Whether the key was for the list. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
}

/** Asks the host what may be written behind `/` or `@`, and puts it there. */
export function useCompletion(
  box: RefObject<HTMLTextAreaElement | null>,
  completions: ChatState['completions'],
): Completing {
  const host = useHost();
  const requests = useRef(0);
  const [trigger, setTrigger] = useState<Trigger | undefined>(undefined);
  const [moved, setMoved] = useState(0);
  const isCurrent = trigger !== undefined && completions.request === requests.current;
  const items = isCurrent ? completions.items : [];
  const chosen = items.length === 0 ? 0 : (moved + items.length * 1000) % items.length;

  const close = (): void => setTrigger(undefined);
  const update = (): void => {
    const found = box.current === null ? undefined : triggerAt(box.current.value, box.current.selectionStart);
    setTrigger(found);
    setMoved(0);
    if (found === undefined) return;
    requests.current++;
    host.post({ type: 'complete', request: requests.current, trigger: found.mark, query: found.query });
  };
  const take = (item: Completion): void => {
    if (box.current === null || trigger === undefined) return;
    const { value, selectionStart } = box.current;
    const { text, cursor } = completedText(value, selectionStart, trigger, item.insert);
    box.current.value = text;
    box.current.setSelectionRange(cursor, cursor);
    host.keep({ draft: text });
    host.post({ type: 'completed', completion: item.id });
    close();
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    const item = items[chosen];
    if (item === undefined) return false;
    if (event.key === 'ArrowDown') setMoved(chosen + 1);
    else if (event.key === 'ArrowUp') setMoved(chosen - 1);
    else if (event.key === 'Enter' || event.key === 'Tab') take(item);
    else if (event.key === 'Escape') close();
    else return false;
    event.preventDefault();
    return true;
  };
  return { items, chosen, update, take, close, onKeyDown };
}
