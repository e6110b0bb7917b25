import type { Candidate, ContextSource } from './contextSource.ts';
import { joined, overlaps } from './excerptLines.ts';

/** What one source answered. */
export interface RankedList {
  readonly source: Pick<ContextSource, 'name' | 'weight' | 'stability'>;
  readonly candidates: readonly Candidate[];
}

export interface Ranked {
  readonly excerpt: Candidate;
  /** Where `excerpt` is joined of several: the one that was named first. To be shown where there is no room for all. */
  readonly core?: Candidate;
  readonly score: number;
  /** The highest of those of its sources. */
  readonly stability: number;
  /** Names, the one that counts most first. */
  readonly sources: readonly string[];
}

export interface Ranking {
  /** Best first; none overlaps another. */
  readonly ranked: readonly Ranked[];
  /** Overlap a better one that cannot be joined: another version, or a signature of the same lines. */
  readonly displaced: readonly Ranked[];
}

/** Of reciprocal rank fusion: how little the first place counts over the second (Cormack et al., SIGIR 2009, use 60). */
const FUSION_K = 60;

/**
 * One order out of many, by reciprocal rank fusion: ranks can be compared where scores of different sources cannot.
 * What overlaps becomes one, and counts for all that named a part of it. Equal scores are put in order by place.
 */
export function rank(lists: readonly RankedList[]): Ranking {
  const single = lists
    .flatMap(({ source, candidates }) =>
      candidates.map((excerpt, index) => ({
        excerpt,
        source,
        share: source.weight / (FUSION_K + index + 1),
      })),
    )
    .sort(
      (a, b) =>
        b.share - a.share || byPlace(a.excerpt, b.excerpt) || (a.source.name < b.source.name ? -1 : 1),
    );
  const groups: Group[] = [];
  const displaced: Ranked[] = [];
  for (const { excerpt, source, share } of single) {
    const shares = new Map([[source.name, share]]);
    const group: Group = { excerpt, core: excerpt, share, stability: source.stability, shares };
    if (!addTo(groups, group)) displaced.push(toRanked(group));
  }
  const ranked = groups.map(toRanked).sort((a, b) => b.score - a.score || byPlace(a.excerpt, b.excerpt));
  return { ranked, displaced };
}

interface Group {
  readonly excerpt: Candidate;
  readonly core: Candidate;
  /** Of the core by itself. */
  readonly share: number;
  readonly stability: number;
  /** A source counts once, with its best. */
  readonly shares: ReadonlyMap</* source */ string, number>;
}

/** Joins what overlaps `group`; false where that is impossible and another one, worth more, stays. */
function addTo(groups: Group[], group: Group): boolean {
  let whole = group;
  const parts: number[] = [];
  for (let at = 0; at < groups.length; at++) {
    const other = groups[at];
    if (other === undefined || !overlaps(other.excerpt, whole.excerpt)) continue;
    const excerpt = joined(other.excerpt, whole.excerpt);
    if (excerpt === undefined) return false;
    const { core, share } = other.share >= whole.share ? other : whole;
    whole = {
      ...{ excerpt, core, share },
      stability: Math.max(other.stability, whole.stability),
      shares: best(other.shares, whole.shares),
    };
    parts.push(at);
  }
  for (const at of parts.reverse()) groups.splice(at, 1);
  groups.push(whole);
  return true;
}

function best(one: Group['shares'], other: Group['shares']): Group['shares'] {
  const shares = new Map(one);
  for (const [name, share] of other) shares.set(name, Math.max(share, shares.get(name) ?? 0));
  return shares;
}

function toRanked({ excerpt, core, stability, shares }: Group): Ranked {
  const sources = [...shares].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return {
    excerpt,
    ...(core.text !== excerpt.text && { core }),
    stability,
    score: sources.reduce((sum, [, share]) => sum + share, 0),
    sources: sources.map(([name]) => name),
  };
}

function byPlace(a: Candidate, b: Candidate): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.firstLine - b.firstLine;
}
