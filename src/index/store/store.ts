import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { LeftOut } from '../files/leftOut.ts';
import { extensionOf, folderOf, subjectOf } from '../../core/files/subject.ts';
import type { Outline } from '../syntax/outline.ts';
import { WordCounts } from '../wordCounts.ts';
import { wordsOf } from '../words.ts';
import { BLOCK_LINES, blocksOf } from './blocks.ts';

/** A file by its workspace folder and its path in it, with forward slashes. */
export interface FilePlace {
  readonly root: string;
  readonly path: string;
}

/** By what a file is known to be unchanged. A size of -1: its text is not the disk's. */
export interface FileMark {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  /** Of the bytes. */
  readonly hash: string;
}

export interface KnownFile extends FilePlace, FileMark {
  readonly id: number;
  readonly isLeftOut: boolean;
}

/** What is kept of a file's content. */
export interface FileContent {
  /** With LF between its lines. */
  readonly text: string;
  readonly outline: Outline;
}

type Row = Record<string, SQLOutputValue>;

/** Writes and finds files in the index's tables. Each write leaves them whole, or throws and leaves them as they were. */
export class Store {
  readonly counts: WordCounts;
  private readonly _database: DatabaseSync;
  private readonly _prepared = new Map</* SQL */ string, ReturnType<DatabaseSync['prepare']>>();
  private _isBatch = false;

  constructor(database: DatabaseSync) {
    this._database = database;
    const saved = this.row("SELECT value FROM meta WHERE key = 'word counts'")?.['value'];
    this.counts = new WordCounts(saved instanceof Uint8Array ? saved : undefined);
  }

  rows(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.statement(sql).all(...values);
  }

  row(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.statement(sql).get(...values);
  }

  /** Writes until {@link endBatch} go to the disk together: one by one they cost twice the time. */
  beginBatch(): void {
    if (this._isBatch) return;
    this._database.exec('BEGIN IMMEDIATE');
    this._isBatch = true;
  }

  endBatch(): void {
    if (!this._isBatch) return;
    this.run("INSERT OR REPLACE INTO meta VALUES ('word counts', ?)", this.counts.bytes);
    this._isBatch = false;
    this._database.exec('COMMIT');
  }

  find({ root, path }: FilePlace): KnownFile | undefined {
    const row = this.row('SELECT * FROM files WHERE root = ? AND path = ?', root, path);
    return row && asKnownFile(row);
  }

  files(): KnownFile[] {
    return this.rows('SELECT * FROM files').map(asKnownFile);
  }

  /** Files in a folder, at any depth; none where the place is a file. */
  filesInside({ root, path }: FilePlace): KnownFile[] {
    // `0` is the character after the slash.
    const sql = 'SELECT * FROM files WHERE root = ? AND path > ? AND path < ?';
    return this.rows(sql, root, `${path}/`, `${path}0`).map(asKnownFile);
  }

  /** Files that are indexed, those left out not among them. */
  get size(): number {
    return Number(this.row('SELECT count(*) AS files FROM files WHERE left_out IS NULL')?.['files']);
  }

  /** Lines of a file as they were when it was read. */
  lines(file: number, firstLine: number, lineCount: number): string {
    const from = firstLine - (firstLine % BLOCK_LINES);
    const blocks = this.rows(
      'SELECT text FROM blocks WHERE file = ? AND first_line >= ? AND first_line < ? ORDER BY first_line',
      ...[file, from, firstLine + lineCount],
    );
    const lines = blocks.flatMap(({ text }) => String(text).split('\n'));
    return lines.slice(firstLine - from, firstLine - from + lineCount).join('\n');
  }

  /** A whole file as it was when it was read; undefined for what is not indexed. */
  text(place: FilePlace): string | undefined {
    const known = this.find(place);
    if (!known || known.isLeftOut) return undefined;
    const blocks = this.rows('SELECT text FROM blocks WHERE file = ? ORDER BY first_line', known.id);
    return blocks.map(({ text }) => String(text)).join('\n');
  }

  put(place: FilePlace, mark: FileMark, content: FileContent): void {
    this.write(() => {
      const file = this.putFile(place, mark, null);
      for (const { name, kind, firstLine, lastLine, signature } of content.outline.symbols) {
        this.run(
          'INSERT INTO symbols VALUES (?, ?, ?, ?, ?, ?)',
          ...[file, name, kind, firstLine, lastLine, signature],
        );
      }
      for (const specifier of content.outline.imports)
        this.run('INSERT INTO imports VALUES (?, ?)', file, specifier);
      for (const { firstLine, text } of blocksOf(content.text)) this.putBlock(file, firstLine, text);
    });
  }

  /** Remembers a file only so that it need not be read again. */
  putLeftOut(place: FilePlace, mark: FileMark, why: LeftOut): void {
    this.write(() => this.putFile(place, mark, why));
  }

  /** The same content at another time. */
  touch({ id }: KnownFile, { sizeBytes, mtimeMs }: FileMark): void {
    this.write(() =>
      this.run('UPDATE files SET size_bytes = ?, mtime_ms = ? WHERE id = ?', sizeBytes, mtimeMs, id),
    );
  }

  remove({ id }: KnownFile): void {
    this.write(() => this.removeFile(id));
  }

  close(): void {
    this.endBatch();
    this._database.close();
  }

  private putFile({ root, path }: FilePlace, mark: FileMark, leftOut: LeftOut | null): number | bigint {
    const known = this.find({ root, path });
    if (known) this.removeFile(known.id);
    const { name, isTest } = subjectOf(path);
    return this.run(
      'INSERT INTO files VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      ...[root, path, folderOf(path), extensionOf(path), name, Number(isTest)],
      ...[mark.sizeBytes, mark.mtimeMs, mark.hash, leftOut],
    );
  }

  private putBlock(file: number | bigint, firstLine: number, text: string): void {
    const words = wordsOf(text);
    const id = this.run('INSERT INTO blocks VALUES (NULL, ?, ?, ?)', file, firstLine, text);
    this.run('INSERT INTO block_words (rowid, words) VALUES (?, ?)', id, [...words].join(' '));
    this.counts.add(words);
  }

  private removeFile(id: number): void {
    for (const { id: block, text } of this.rows('SELECT id, text FROM blocks WHERE file = ?', id)) {
      this.run('DELETE FROM block_words WHERE rowid = ?', block ?? null);
      this.counts.remove(wordsOf(String(text)));
    }
    for (const table of ['blocks', 'symbols', 'imports']) this.run(`DELETE FROM ${table} WHERE file = ?`, id);
    this.run('DELETE FROM files WHERE id = ?', id);
  }

  private write(change: () => void): void {
    const isAlone = !this._isBatch;
    if (isAlone) this.beginBatch();
    this._database.exec('SAVEPOINT change');
    try {
      change();
      this._database.exec('RELEASE change');
    } catch (error) {
      this._database.exec('ROLLBACK TO change; RELEASE change');
      throw error;
    } finally {
      if (isAlone) this.endBatch();
    }
  }

  private run(sql: string, ...values: SQLInputValue[]): number | bigint {
    return this.statement(sql).run(...values).lastInsertRowid;
  }

  private statement(sql: string) {
    const known = this._prepared.get(sql) ?? this._database.prepare(sql);
    this._prepared.set(sql, known);
    return known;
  }
}

function asKnownFile(row: Row): KnownFile {
  return {
    id: Number(row['id']),
    root: String(row['root']),
    path: String(row['path']),
    sizeBytes: Number(row['size_bytes']),
    mtimeMs: Number(row['mtime_ms']),
    hash: String(row['hash']),
    isLeftOut: row['left_out'] !== null,
  };
}
