import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disposable } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import type { Conversation } from '../../core/chat/conversation.ts';
import { formatConversation, parseConversation } from '../../core/chat/conversationFile.ts';
import type { ConversationStore, LoadedConversations } from '../../core/ports/conversationStore.ts';

/** While an answer streams, so often is written at most. */
const REST_MS = 2_000;
const LARGEST_FILE_BYTES = 32 * 1024 * 1024;
const ENDING = '.json';

/**
 * The conversations of a workspace, each in a file that only its owner can read: a change costs one of them, and damage too. A
 * file is replaced as a whole, so none is ever half written. What waits to be written is when this is disposed of.
 */
export class ConversationFolder implements ConversationStore, Disposable {
  private readonly _folder: string;
  private readonly _log: Log;
  /** Until it is on the disk. Undefined: deleted. */
  private readonly _waiting = new Map</* id */ string, Conversation | undefined>();
  private _timer: NodeJS.Timeout | undefined;
  private _writing: Promise<void> = Promise.resolve();
  private _disposed = false;

  constructor(folder: string, log: Log) {
    this._folder = folder;
    this._log = log;
  }

  async load(): Promise<LoadedConversations> {
    const names = await readdir(this._folder).catch(() => []);
    const conversations: Conversation[] = [];
    const damaged: string[] = [];
    for (const name of names.filter((each) => each.endsWith(ENDING))) {
      const conversation = await this.read(name);
      // Under another name, its next version would be written beside it.
      if (conversation && `${conversation.id}${ENDING}` === name) conversations.push(conversation);
      else damaged.push(name);
    }
    await Promise.all(damaged.map((name) => this.setAside(name)));
    const count = damaged.length === 1 ? 'A conversation' : `${damaged.length} conversations`;
    const problem =
      damaged.length === 0
        ? ''
        : `${count} of this workspace could not be read. What is left of it is kept in ${this._folder}.`;
    return { conversations, problem };
  }

  changed(conversation: Conversation): void {
    this.wait(conversation.id, conversation);
  }

  deleted(id: string): void {
    this.wait(id, undefined);
  }

  /** Resolves when all that waits is written. */
  async flush(): Promise<void> {
    clearTimeout(this._timer);
    this._timer = undefined;
    // One flush after another: two would write to the same name.
    this._writing = this._writing.then(() => this.writeAll());
    await this._writing;
  }

  /** Blocks: VS Code waits for nothing that is disposed of. */
  dispose(): void {
    if (this._disposed) return;
    this._disposed = true;
    clearTimeout(this._timer);
    for (const [id, conversation] of this._waiting) {
      try {
        this.writeNow(id, conversation);
      } catch (error) {
        this._log.error('A conversation could not be written', error);
      }
    }
  }

  private wait(id: string, conversation: Conversation | undefined): void {
    if (this._disposed) return;
    this._waiting.set(id, conversation);
    this._timer ??= setTimeout(() => void this.flush(), REST_MS);
  }

  private async writeAll(): Promise<void> {
    for (const [id, conversation] of [...this._waiting]) {
      if (this._disposed) return;
      try {
        await this.write(id, conversation);
        if (this._waiting.get(id) === conversation) this._waiting.delete(id);
      } catch (error) {
        // It waits for the next time.
        this._log.error('A conversation could not be written', error);
      }
    }
  }

  private async write(id: string, conversation: Conversation | undefined): Promise<void> {
    const path = this.pathOf(id);
    if (!conversation) return rm(path, { force: true });
    await mkdir(this._folder, { recursive: true, mode: 0o700 });
    await writeFile(`${path}.fresh`, formatConversation(conversation), { mode: 0o600 });
    // Disposing has written a newer one meanwhile.
    if (!this._disposed) await rename(`${path}.fresh`, path);
  }

  private writeNow(id: string, conversation: Conversation | undefined): void {
    const path = this.pathOf(id);
    if (!conversation) return rmSync(path, { force: true });
    mkdirSync(this._folder, { recursive: true, mode: 0o700 });
    writeFileSync(`${path}.last`, formatConversation(conversation), { mode: 0o600 });
    renameSync(`${path}.last`, path);
    rmSync(`${path}.fresh`, { force: true });
  }

  /** Undefined for what is not a conversation. */
  private async read(name: string): Promise<Conversation | undefined> {
    try {
      const file = await open(join(this._folder, name));
      try {
        const stats = await file.stat();
        if (!stats.isFile() || stats.size > LARGEST_FILE_BYTES) return undefined;
        return parseConversation(await file.readFile('utf8'));
      } finally {
        await file.close();
      }
    } catch (error) {
      this._log.error(`The conversation in ${name} could not be read`, error);
      return undefined;
    }
  }

  private async setAside(name: string): Promise<void> {
    const path = join(this._folder, name);
    await rename(path, `${path}.damaged`).catch((error: unknown) => {
      this._log.error(`${name} could not be set aside`, error);
    });
  }

  private pathOf(id: string): string {
    return join(this._folder, `${id}${ENDING}`);
  }
}
