import { scanBrackets } from '../brackets.ts';
import { linePrefix } from '../view.ts';
import type { Filter, Filtered, ShapeContext } from './filter.ts';

/** A turn of a conversation, with at least three words of what is said in it: `User: string` is code. */
const TURN = /^(?:Human|Assistant|User|System|AI):[ \t]+(?:\S*[a-z][,']?\s+){2}\S/;

const POLITE = /^(?:Sure|Certainly|Of course|Absolutely|Okay|Great|No problem|Got it)(?:[,!.](?=\s|$))/i;

const ANNOUNCED =
  /^(?:Here(?:'s| is| are)|Below is|This is|To (?:complete|fix|finish)|I(?:'ve|'ll| have| will)|As an AI|I'm sorry|I apologi[sz]e|You can|The (?:completed?|missing|updated|following|rest of the)),?\s(?:[^\n]*\s)?(?:code|function|method|class|snippet|implementation|completion|version|file|example|line|lines|block|you|it|language model)\b[^\n]*[.:!]$/i;

const FENCE = /^[ \t]*(?:```|~~~)/;

/**
 * Takes off what an instruct model says before its code ("Sure! Here is the completed function:"), and all from where it
 * plays the next turn of a conversation. In prose and in comments such sentences are the text.
 */
export const chatPhrase: Filter = {
  name: 'chat phrase',
  apply(text: string, context: ShapeContext): Filtered {
    if (isProse(context)) return { text, final: false };
    const lines = text.split('\n');
    const whole = context.complete ? lines.length : lines.length - 1;
    const turn = lines.findIndex((line) => TURN.test(line.trimStart()));
    const kept = turn < 0 ? lines : lines.slice(0, turn);
    const said = saidFirst(kept, whole);
    // What it says is known to be more than code only when its line has ended.
    if (said === 'unknown') return { text: '', final: false };
    return { text: kept.slice(said).join('\n'), final: turn >= 0 };
  },
};

/** How many of the first lines are talk, with the blank ones around it. */
function saidFirst(lines: readonly string[], whole: number): number | 'unknown' {
  const first = lines.findIndex((line) => line.trim() !== '');
  const line = lines[first]?.trim();
  if (line === undefined) return 0;
  if (first >= whole) return POLITE.test(line) ? 'unknown' : 0;
  if (!POLITE.test(line) && !ANNOUNCED.test(line)) return 0;
  const next = lines.findIndex((each, index) => index > first && each.trim() !== '');
  if (next < 0) return lines.length;
  // Without a blank line or a fence behind it, it may be code after all.
  const isParted = next > first + 1 || FENCE.test(lines[next] ?? '') || POLITE.test(line);
  return isParted ? next : 0;
}

/** Whether the cursor stands where sentences are written. */
function isProse({ view, language }: ShapeContext): boolean {
  if (language.prose) return true;
  const before = linePrefix(view);
  const starts = [...language.lineComments, ...language.blockComments.map(([open]) => open)];
  if (starts.some((start) => before.includes(start)) || /^\s*\*/.test(before)) return true;
  const { open } = scanBrackets(before, language);
  return language.quotes.includes(open.at(-1) ?? ' ');
}
