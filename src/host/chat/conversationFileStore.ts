import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Disposable } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import type { Conversation } from '../../core/chat/conversation.ts';
import { formatConversations, parseConversations } from '../../core/chat/conversationFile.ts';
import type { ConversationStore, LoadedConversations } from '../../core/ports/conversationStore.ts';

/** While an answer streams, so often is written at most. */
const REST_MS = 1_000;
const LARGEST_FILE_BYTES = 64 * 1024 * 1024;

/**
 * The conversations of a workspace in one file that only its owner can read. It is replaced as a whole, so that it is never
 * half written; what was not written yet is when this is disposed of, and therefore writes block.
 */
export class ConversationFileStore implements ConversationStore, Disposable {
  private readonly _path: string;
  private readonly _log: Log;
  private _read: (() => readonly Conversation[]) | undefined;
  private _timer: NodeJS.Timeout | undefined;

  constructor(path: string, log: Log) {
    this._path = path;
    this._log = log;
  }

  async load(): Promise<LoadedConversations> {
    try {
      const text = await this.text();
      if (text === undefined) return { conversations: [], problem: '' };
      const conversations = parseConversations(text);
      if (conversations) return { conversations, problem: '' };
    } catch (error) {
      this._log.error('The conversations could not be read', error);
    }
    return { conversations: [], problem: await this.setAside() };
  }

  changed(read: () => readonly Conversation[]): void {
    this._read = read;
    this._timer ??= setTimeout(() => this.write(), REST_MS);
  }

  dispose(): void {
    this.write();
  }

  /** Undefined where there is none yet. */
  private async text(): Promise<string | undefined> {
    const file = await open(this._path).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    try {
      const stats = await file?.stat();
      if (stats && (!stats.isFile() || stats.size > LARGEST_FILE_BYTES)) return '';
      return await file?.readFile('utf8');
    } finally {
      await file?.close();
    }
  }

  private async setAside(): Promise<string> {
    const damaged = `${this._path}.${Date.now()}.damaged`;
    try {
      await rename(this._path, damaged);
      return `The conversations of this workspace could not be read. Their file is now ${damaged}.`;
    } catch (error) {
      this._log.error('The damaged conversations could not be set aside', error);
      return 'The conversations of this workspace could not be read.';
    }
  }

  private write(): void {
    clearTimeout(this._timer);
    this._timer = undefined;
    const conversations = this._read?.();
    this._read = undefined;
    if (!conversations) return;
    const fresh = `${this._path}.${process.pid}`;
    try {
      mkdirSync(dirname(this._path), { recursive: true, mode: 0o700 });
      writeFileSync(fresh, formatConversations(conversations), { mode: 0o600 });
      renameSync(fresh, this._path);
    } catch (error) {
      this._log.error('The conversations could not be written', error);
      rmSync(fresh, { force: true });
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
