/** Who goes first. `idle` is work ahead of time, which nobody waits for. */
export type Rank = 'completion' | 'chat' | 'idle';

const ORDER: Readonly<Record<Rank, number>> = { completion: 0, chat: 1, idle: 2 };

interface Waiting {
  readonly rank: Rank;
  readonly begin: () => void;
}

/**
 * Hands out the right to compute with one model, to one caller at a time: by rank, and in order of asking within a rank. Two
 * native calls at once would only share the same cores.
 */
export class Turns {
  /** In the order in which they will go. */
  private readonly _queue: Waiting[] = [];
  private _held = false;

  /** How many have asked and not yet got their turn. */
  get waiting(): number {
    return this._queue.length;
  }

  get busy(): boolean {
    return this._held;
  }

  /** Resolves with the function that ends the turn. Call it exactly once, in a `finally`. */
  async take(rank: Rank = 'completion'): Promise<() => void> {
    if (this._held) await this.wait(rank, (other) => ORDER[other] > ORDER[rank]);
    this._held = true;
    return () => this.handOver();
  }

  /**
   * For who holds the turn, between two native calls: lets those of higher rank go first, and resolves when the turn is back.
   * Those of the same rank stay behind.
   */
  async giveWay(rank: Rank): Promise<void> {
    const [first] = this._queue;
    if (first === undefined || ORDER[first.rank] >= ORDER[rank]) return;
    const back = this.wait(rank, (other) => ORDER[other] >= ORDER[rank]);
    this.handOver();
    await back;
  }

  /** Queues in front of the first whom `isBehind` names. */
  private async wait(rank: Rank, isBehind: (other: Rank) => boolean): Promise<void> {
    await new Promise<void>((begin) => {
      const index = this._queue.findIndex((other) => isBehind(other.rank));
      this._queue.splice(index < 0 ? this._queue.length : index, 0, { rank, begin });
    });
  }

  /** The turn stays held while it goes from one to the next, so that nobody slips in between. */
  private handOver(): void {
    const next = this._queue.shift();
    this._held = next !== undefined;
    next?.begin();
  }
}
