import { similarity } from '../similarity.ts';
import { BLOCK_LINES } from '../store/blocks.ts';
import type { FilePlace, Store } from '../store/store.ts';
import { wordsOf } from '../words.ts';

export interface FoundExcerpt extends FilePlace {
  readonly firstLine: number;
  readonly text: string;
}

/** What recall may cost: blocks read from the lists of the query's rarest words, and blocks compared after it. */
const MOST_LISTED = 2_000;
const MOST_COMPARED = 20;
const MOST_WORDS = 24;

/** Below this, two pieces of code share no more than a language. */
const LEAST_SIMILARITY = 0.05;

/**
 * Windows of other files that share rare words with `text`, the most similar first, no two of them overlapping. Recall is by
 * the rarest words alone, so that no query reads long lists; then whole windows are compared.
 *
 * @param place the asking file; undefined for one of no workspace folder.
 */
export function findSimilar(
  store: Store,
  text: string,
  place: FilePlace | undefined,
  limit: number,
): FoundExcerpt[] {
  const words = wordsOf(text);
  const query = rareWords(store, words);
  if (query.length === 0) return [];
  const weight = (word: string): number => 1 / Math.log2(2 + store.counts.of(word));
  const match = query.map((word) => `"${word}"`).join(' OR ');
  const own = place && store.find(place);
  const hits = store.rows(
    // Ranked before anything is joined: of thousands of matches a few are looked at. A file's blocks have ids in a row.
    `SELECT blocks.file, blocks.first_line, files.root, files.path FROM (
       SELECT rowid AS block, rank FROM block_words
       WHERE block_words MATCH ?
         AND rowid NOT BETWEEN (SELECT ifnull(min(id), 0) FROM blocks WHERE file = ?)
           AND (SELECT ifnull(max(id), 0) FROM blocks WHERE file = ?)
       ORDER BY rank LIMIT ${MOST_COMPARED}
     ) JOIN blocks ON blocks.id = block JOIN files ON files.id = blocks.file ORDER BY rank, block`,
    ...[match, own?.id ?? -1, own?.id ?? -1],
  );
  const windows = new Map</* file and line */ string, Window>();
  const blocks = new Blocks(store);
  for (const hit of hits) {
    const file = Number(hit['file']);
    // The block is the window's first half or its second.
    for (const firstLine of [Number(hit['first_line']), Number(hit['first_line']) - BLOCK_LINES]) {
      if (firstLine < 0 || windows.has(`${file} ${firstLine}`)) continue;
      const score = similarity(words, blocks.windowWords(file, firstLine), weight);
      const place = { root: String(hit['root']), path: String(hit['path']) };
      windows.set(`${file} ${firstLine}`, { ...place, file, firstLine, score });
    }
  }
  return withoutOverlaps([...windows.values()].filter(({ score }) => score >= LEAST_SIMILARITY))
    .slice(0, limit)
    .map(({ root, path, file, firstLine }) => ({
      ...{ root, path, firstLine },
      text: store.lines(file, firstLine, 2 * BLOCK_LINES),
    }));
}

interface Window extends FilePlace {
  readonly file: number;
  readonly firstLine: number;
  readonly score: number;
}

/** The words of blocks; each block is part of two windows, and of one query often of several. */
class Blocks {
  private readonly _store: Store;
  private readonly _words = new Map</* file and line */ string, Set<string>>();

  constructor(store: Store) {
    this._store = store;
  }

  windowWords(file: number, firstLine: number): Set<string> {
    return new Set([...this.words(file, firstLine), ...this.words(file, firstLine + BLOCK_LINES)]);
  }

  private words(file: number, firstLine: number): Set<string> {
    const key = `${file} ${firstLine}`;
    const words = this._words.get(key) ?? wordsOf(this._store.lines(file, firstLine, BLOCK_LINES));
    this._words.set(key, words);
    return words;
  }
}

/** The rarest first, as long as their lists together stay short. A word of no block finds nothing. */
function rareWords(store: Store, words: ReadonlySet<string>): string[] {
  const counted = [...words]
    .map((word) => ({ word, count: store.counts.of(word) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.count - b.count || (a.word < b.word ? -1 : 1));
  let listed = 0;
  return counted
    .slice(0, MOST_WORDS)
    .filter(({ count }, at) => (listed += count) <= MOST_LISTED || at === 0)
    .map(({ word }) => word);
}

function withoutOverlaps(windows: Window[]): Window[] {
  const kept: Window[] = [];
  windows.sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1) || a.firstLine - b.firstLine);
  for (const window of windows) {
    const overlaps = kept.some(
      ({ file, firstLine }) =>
        file === window.file && Math.abs(firstLine - window.firstLine) < 2 * BLOCK_LINES,
    );
    if (!overlaps) kept.push(window);
  }
  return kept;
}
