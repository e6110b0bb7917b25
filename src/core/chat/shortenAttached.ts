import { type Attached, labelOf, linesOf } from './attached.ts';

/**
 * As much of each as has room, in whole lines from its beginning. Short ones stay whole at the cost of long ones: what was
 * selected says more than the file it is in.
 */
export function shortenAttached(
  attached: readonly Attached[],
  maxChars: number,
): { readonly attached: readonly Attached[]; readonly notes: readonly string[] } {
  const limit = limitFor(
    attached.map(({ text }) => text.length),
    maxChars,
  );
  const cut = attached.map((each) => cutTo(each, limit));
  const notes = attached.flatMap((whole, at) => {
    const part = cut[at];
    if (part === whole) return [];
    if (part === undefined) return [`${labelOf(whole)} was left out: it does not fit the model’s window.`];
    const [first, last] = linesOf(part);
    return [`Of ${labelOf(whole)} the model sees lines ${first} to ${last}: more does not fit its window.`];
  });
  return { attached: cut.flatMap((each) => each ?? []), notes };
}

/** The length up to which texts of these lengths fit together. */
function limitFor(lengths: readonly number[], maxChars: number): number {
  let left = maxChars;
  const sorted = [...lengths].sort((a, b) => a - b);
  for (const [index, length] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index));
    if (length > share) return share;
    left -= length;
  }
  return Infinity;
}

/** Undefined where not even one line fits. */
function cutTo(attached: Attached, maxChars: number): Attached | undefined {
  if (attached.text.length <= maxChars) return attached;
  const end = attached.text.lastIndexOf('\n', maxChars);
  return end <= 0 ? undefined : { ...attached, isWhole: false, text: attached.text.slice(0, end) };
}
