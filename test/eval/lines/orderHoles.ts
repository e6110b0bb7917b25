import { fileOf, type Hole } from './hole.ts';

/** The first `limit` holes of each language and kind, in their order. */
export function firstOfEach(holes: readonly Hole[], limit: number): Hole[] {
  const taken = new Map</* language and kind */ string, number>();
  return holes.filter(({ language, kind }) => {
    const key = `${language} ${kind}`;
    const count = taken.get(key) ?? 0;
    taken.set(key, count + 1);
    return count < limit;
  });
}

/**
 * Holes of one file one after the other from its top: each prompt begins with the one before it, which the engine
 * holds in its KV cache. Files in the order of their first holes.
 */
export function byFile(holes: readonly Hole[]): Hole[] {
  const files = new Map</* file */ string, Hole[]>();
  for (const hole of holes) {
    const file = files.get(fileOf(hole));
    if (file) file.push(hole);
    else files.set(fileOf(hole), [hole]);
  }
  return [...files.values()].flatMap((each) => each.sort((a, b) => a.prefix.length - b.prefix.length));
}
