/**
 * How much two sets of words are about the same, from 0 to 1: the weighted Jaccard index, which is the weight of what
 * they share over the weight of all they have.
 *
 * @param weight of a word, greater than 0: rare words say more.
 */
export function similarity(
  a: ReadonlySet<string>,
  b: ReadonlySet<string>,
  weight: (word: string) => number,
): number {
  let shared = 0;
  let all = 0;
  for (const word of a) {
    const own = weight(word);
    all += own;
    if (b.has(word)) shared += own;
  }
  for (const word of b) if (!a.has(word)) all += weight(word);
  return all === 0 ? 0 : shared / all;
}
