/** Words that share a slot count as one: at 65,536 slots that blurs little, and the table always fits. */
const SLOTS = 1 << 16;

/**
 * In how many blocks of text each word stands, about. FTS5 can tell exactly, but only by reading the word's whole list,
 * which for common words costs more than the query that is to be spared them.
 */
export class WordCounts {
  private readonly _counts: Uint32Array;

  /** @param bytes what {@link bytes} gave; anything else begins with nothing. */
  constructor(bytes?: Uint8Array) {
    this._counts = new Uint32Array(SLOTS);
    if (bytes?.length === SLOTS * Uint32Array.BYTES_PER_ELEMENT) {
      new Uint8Array(this._counts.buffer).set(bytes);
    }
  }

  get bytes(): Uint8Array {
    return new Uint8Array(this._counts.buffer);
  }

  of(word: string): number {
    return this._counts[slotOf(word)] ?? 0;
  }

  add(words: Iterable<string>): void {
    for (const word of words) this.change(word, 1);
  }

  remove(words: Iterable<string>): void {
    for (const word of words) this.change(word, -1);
  }

  private change(word: string, by: 1 | -1): void {
    const slot = slotOf(word);
    this._counts[slot] = Math.max(0, (this._counts[slot] ?? 0) + by);
  }
}

/** FNV-1a over UTF-16 code units, its high half folded in. */
function slotOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 16)) & (SLOTS - 1);
}
