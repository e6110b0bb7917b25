import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Block } from '../markdown/blocks.ts';
import { isMessage, type ShownEntry } from '../state/chatState.ts';

/** Paragraphs that stay in the region; what has been read aloud need not stay. */
const KEPT = 12;
const MAX_SPOKEN_CHARS = 2000;

/**
 * What a screen reader is told while an answer comes: each block when it is finished. The answer itself is no live
 * region, because half of a word would be read with each token.
 */
export function LiveRegion({ entries }: { readonly entries: readonly ShownEntry[] }): JSX.Element {
  const spoken = useSpoken(entries);
  return (
    <div class="for-screen-readers" role="log" aria-live="polite" aria-label="Answer as it is written">
      {spoken.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}

interface Spoken {
  readonly key: string;
  readonly text: string;
}

/** Only of an answer that was seen streaming: a replayed conversation is not read out. */
function useSpoken(entries: readonly ShownEntry[]): readonly Spoken[] {
  const streamed = useRef('');
  const last = entries.at(-1);
  if (last === undefined || !isMessage(last) || last.message.role === 'user') return [];
  const { id, status, reason } = last.message;
  if (status === 'streaming') streamed.current = id;
  if (streamed.current !== id) return [];
  const { finished } = last.blocks;
  const from = Math.max(0, finished.length - KEPT);
  const spoken = finished
    .slice(from)
    .map((block, index) => ({ key: `${id} ${from + index}`, text: words(block) }));
  return status === 'streaming' ? spoken : [...spoken, { key: `${id} end`, text: reason || ENDINGS[status] }];
}

const ENDINGS = {
  complete: 'Answer complete.',
  stopped: 'Stopped.',
  partial: 'This answer is not complete.',
};

function words(block: Block): string {
  if (block.kind === 'code')
    return `Code, ${block.language || 'text'}, ${block.text.trimEnd().split('\n').length} lines.`;
  return block.text
    .slice(0, MAX_SPOKEN_CHARS)
    .replace(/[*_`#>|]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
