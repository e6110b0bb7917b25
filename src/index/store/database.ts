import { chmodSync, closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Raise it with every change of the tables or of what is written into them: older files are made anew. */
const SCHEMA_VERSION = 1;

/** How long another process of ours may hold the file: one that is just ending. */
const BUSY_TIMEOUT_MS = 2_000;

const SCHEMA = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
  CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    root TEXT NOT NULL,
    path TEXT NOT NULL,
    folder TEXT NOT NULL,
    extension TEXT NOT NULL,
    subject TEXT NOT NULL,
    is_test INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL,
    mtime_ms REAL NOT NULL,
    hash TEXT NOT NULL,
    left_out TEXT,
    UNIQUE (root, path)
  );
  CREATE INDEX files_by_folder ON files (root, folder);
  CREATE INDEX files_by_subject ON files (subject);
  CREATE TABLE symbols (
    file INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    first_line INTEGER NOT NULL,
    last_line INTEGER NOT NULL,
    signature TEXT NOT NULL
  );
  CREATE INDEX symbols_by_file ON symbols (file);
  CREATE INDEX symbols_by_name ON symbols (name);
  CREATE TABLE imports (file INTEGER NOT NULL, specifier TEXT NOT NULL);
  CREATE INDEX imports_by_file ON imports (file);
  CREATE TABLE blocks (id INTEGER PRIMARY KEY, file INTEGER NOT NULL, first_line INTEGER NOT NULL, text TEXT NOT NULL);
  CREATE INDEX blocks_by_file ON blocks (file, first_line);
  CREATE VIRTUAL TABLE block_words USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '_$'"
  );
`;

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  /** Why it begins empty; undefined where it goes on from what there was. */
  readonly madeAnew: 'new' | 'other version' | 'damaged' | undefined;
}

/**
 * Opens the index's file, which only its owner can read, or makes it anew: it can always be had again from the workspace.
 *
 * @throws what SQLite throws where no file can be made: no permission, a full disk, no FTS5.
 */
export function openDatabase(path: string): OpenedDatabase {
  makePrivate(path);
  try {
    const database = connect(path);
    const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
    if (version === SCHEMA_VERSION) return { database, madeAnew: undefined };
    const isEmpty = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables'] === 0;
    database.close();
    return { database: makeAnew(path), madeAnew: isEmpty ? 'new' : 'other version' };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { database: makeAnew(path), madeAnew: 'damaged' };
  }
}

/** Whether an error says that the file's content is wrong, not the request. */
export function isDamage(error: unknown): boolean {
  // SQLITE_CORRUPT, SQLITE_FORMAT, SQLITE_NOTADB, in the low byte of an extended code.
  return error instanceof Error && 'errcode' in error && [11, 24, 26].includes(Number(error.errcode) & 0xff);
}

/** With the other files that SQLite keeps next to it. Nobody may have it open. */
export function deleteDatabase(path: string): void {
  for (const each of [path, `${path}-wal`, `${path}-shm`]) rmSync(each, { force: true });
}

function makeAnew(path: string): DatabaseSync {
  deleteDatabase(path);
  makePrivate(path);
  const database = connect(path);
  database.exec(`BEGIN; ${SCHEMA} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
  return database;
}

function connect(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    database.exec('PRAGMA journal_mode = WAL');
    // A crash of the machine may cost the last files, which are read again.
    database.exec('PRAGMA synchronous = NORMAL');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** SQLite gives its other files the mode of this one. */
function makePrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}
