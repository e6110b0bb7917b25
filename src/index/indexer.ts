import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AllowedPaths } from '../core/files/allowedPaths.ts';
import { isIgnoreFile } from '../core/files/ignoreRules.ts';
import { leftOutByName, leftOutByText } from './files/leftOut.ts';
import { readSource, statSource, withLf } from './files/readSource.ts';
import { rulesOf } from './files/rules.ts';
import { walk } from './files/walk.ts';
import { PerKey } from './perKey.ts';
import type { FileMark, FilePlace, KnownFile, Store } from './store/store.ts';
import type { Outliner } from './syntax/outliner.ts';

/** Files that go to the disk together; what a killed process reads once more. */
const BATCH_FILES = 50;
/** Files whose rules are looked at between two turns of the event loop. */
const JUDGED_AT_ONCE = 200;

/** Never that of a file: what is indexed is not what is on the disk. */
const UNSAVED: FileMark = { sizeBytes: -1, mtimeMs: 0, hash: '' };

interface UnsavedText extends FilePlace {
  readonly text: string;
}

export interface WalkResult {
  readonly files: number;
  readonly readFiles: number;
  readonly removedFiles: number;
}

/**
 * Keeps the store up to date with the disk, with unsaved documents and with the ignore rules. Reads one file at a time and
 * lets the event loop turn in between, so that a query waits for one file at most.
 */
export class Indexer {
  private readonly _store: Store;
  private readonly _outliner: Outliner;
  private readonly _roots: readonly string[];
  private readonly _unsaved = new Map</* key */ string, UnsavedText>();
  private readonly _perFile = new PerKey();
  private _excludes: readonly string[] = [];
  private _allowed = new Map</* root */ string, AllowedPaths>();
  private _walking: Promise<unknown> = Promise.resolve();
  private _allowedOnly: Promise<void>;
  private _firstPurge: () => void = () => undefined;

  constructor(store: Store, outliner: Outliner, roots: readonly string[]) {
    this._store = store;
    this._outliner = outliner;
    this._roots = roots;
    this._allowedOnly = new Promise((resolve) => (this._firstPurge = resolve));
  }

  /** Resolves when nothing is in the store that the rules exclude: before, no query may be answered. */
  get allowedOnly(): Promise<void> {
    return this._allowedOnly;
  }

  /** One at a time: a second walk begins when the first has ended, or has been aborted. */
  walk(
    excludes: readonly string[],
    signal: AbortSignal,
    report: (doneFiles: number, totalFiles: number) => void,
  ): Promise<WalkResult> {
    const walking = this._walking.then(() => this.walkAll(excludes, signal, report));
    this._walking = walking.catch(() => undefined);
    return walking;
  }

  /** @returns whether only a walk can find what is new. */
  async changed(places: readonly FilePlace[]): Promise<boolean> {
    // The first walk is still to come, and sees all.
    if (this._allowed.size === 0) return true;
    let needsWalk = false;
    if (places.some(({ path }) => isIgnoreFile(path))) {
      await this.purge(this._excludes);
      needsWalk = true;
    }
    for (const place of places) {
      if (await this.isFolder(place)) needsWalk = true;
      else if (!(await this.isAllowed(place))) this.forget(place);
      else await this.update(place);
      for (const inside of this._store.filesInside(place)) await this.update(inside);
    }
    return needsWalk;
  }

  /** @param text undefined: the disk counts again. */
  async documentChanged(place: FilePlace, text: string | undefined): Promise<void> {
    if (text === undefined) this._unsaved.delete(keyOf(place));
    else this._unsaved.set(keyOf(place), { ...place, text });
    if (await this.isAllowed(place)) await this.update(place);
    else this.forget(place);
  }

  private async walkAll(
    excludes: readonly string[],
    signal: AbortSignal,
    report: (doneFiles: number, totalFiles: number) => void,
  ): Promise<WalkResult> {
    let removedFiles = await this.purge(excludes);
    const known = new Map(this._store.files().map((file) => [keyOf(file), file]));
    const changed: FilePlace[] = [];
    for (const root of this._roots) {
      for await (const { path, sizeBytes, mtimeMs } of walk(root, excludes)) {
        if (signal.aborted) break;
        const key = keyOf({ root, path });
        const before = known.get(key);
        if (leftOutByName(path, sizeBytes) !== undefined) continue;
        known.delete(key);
        if (before?.sizeBytes !== sizeBytes || before.mtimeMs !== mtimeMs) changed.push({ root, path });
      }
    }
    const gone = signal.aborted ? [] : [...known].filter(([key]) => !this._unsaved.has(key));
    removedFiles += await this.removeAll(gone.map(([, file]) => file));
    // A document may have changed before its folder's rules were known.
    for (const place of this._unsaved.values()) if (await this.isAllowed(place)) changed.push(place);
    const readFiles = await this.updateAll(changed, signal, report);
    return { files: this._store.size, readFiles, removedFiles };
  }

  private async updateAll(
    places: readonly FilePlace[],
    signal: AbortSignal,
    report: (doneFiles: number, totalFiles: number) => void,
  ): Promise<number> {
    let done = 0;
    try {
      for (const place of places) {
        if (signal.aborted) break;
        if (done % BATCH_FILES === 0) {
          report(done, places.length);
          this.nextBatch();
        }
        await this.update(place);
        await nextTurn();
        done++;
      }
    } finally {
      this._store.endBatch();
    }
    return done;
  }

  /** Takes out what the rules on the disk exclude now. @returns how many files. */
  private purge(excludes: readonly string[]): Promise<number> {
    this._excludes = excludes;
    this._allowed = new Map(this._roots.map((root) => [root, new AllowedPaths(rulesOf(root, excludes))]));
    const purging = this.purgeAll();
    const purged = purging.then(() => undefined);
    // Before the first one is done, queries wait on the promise of the constructor.
    void purged.then(this._firstPurge, () => undefined);
    this._allowedOnly = purged;
    return purging;
  }

  private async purgeAll(): Promise<number> {
    const excluded: KnownFile[] = [];
    for (const [at, file] of this._store.files().entries()) {
      if (at % JUDGED_AT_ONCE === 0) await nextTurn();
      if (!(await this.isAllowed(file))) excluded.push(file);
    }
    return this.removeAll(excluded);
  }

  private async removeAll(files: readonly KnownFile[]): Promise<number> {
    try {
      for (const [at, file] of files.entries()) {
        if (at % BATCH_FILES === 0) this.nextBatch();
        this.forget(file);
        await nextTurn();
      }
    } finally {
      this._store.endBatch();
    }
    return files.length;
  }

  private nextBatch(): void {
    this._store.endBatch();
    this._store.beginBatch();
  }

  private async isAllowed({ root, path }: FilePlace): Promise<boolean> {
    if (leftOutByName(path, 0) !== undefined) return false;
    return (await this._allowed.get(root)?.allows(path)) ?? false;
  }

  private async isFolder({ root, path }: FilePlace): Promise<boolean> {
    const found = await stat(join(root, path)).catch(() => undefined);
    return found?.isDirectory() ?? false;
  }

  private update(place: FilePlace): Promise<void> {
    return this._perFile.run(keyOf(place), async () => {
      const unsaved = this._unsaved.get(keyOf(place));
      if (unsaved === undefined) await this.updateFromDisk(place);
      else await this.updateFromDocument(place, unsaved.text);
    });
  }

  private async updateFromDisk(place: FilePlace): Promise<void> {
    const found = await statSource(place);
    if (!found || leftOutByName(place.path, found.sizeBytes) !== undefined) return this.forget(place);
    const known = this._store.find(place);
    if (known?.sizeBytes === found.sizeBytes && known.mtimeMs === found.mtimeMs) return;
    const source = await readSource(place, found);
    if (!source) return this.forget(place);
    if (known?.hash === source.mark.hash) this._store.touch(known, source.mark);
    else await this.put(place, source.mark, source.text);
  }

  private async updateFromDocument(place: FilePlace, text: string): Promise<void> {
    if (leftOutByName(place.path, text.length) !== undefined) return this.forget(place);
    await this.put(place, UNSAVED, withLf(text));
  }

  private async put(place: FilePlace, mark: FileMark, text: string): Promise<void> {
    const why = leftOutByText(text);
    if (why !== undefined) return this._store.putLeftOut(place, mark, why);
    const outline = await this._outliner.outline(place.path, text);
    // The rules may have changed while it was read.
    if (await this.isAllowed(place)) this._store.put(place, mark, { text, outline });
    else this.forget(place);
  }

  private forget(place: FilePlace): void {
    const known = this._store.find(place);
    if (known) this._store.remove(known);
  }
}

function keyOf({ root, path }: FilePlace): string {
  return `${root}\0${path}`;
}
