import type { Event } from '../../base/emitter.ts';
import type { Attached } from '../../core/chat/attached.ts';

/** A file that is open. */
export interface OpenFile {
  readonly uri: string;
  /** Relative to its workspace folder, with forward slashes. */
  readonly path: string;
}

/** The editor as the chat sees it. What it is given to open, insert or write comes from a model and is hostile. */
export interface ChatEditor {
  /** When the user has selected something else and rests. */
  readonly onDidChangeSelection: Event<void>;
  /** The lines that are selected; undefined where nothing is, and for what must not enter prompts. */
  selection(): Promise<Attached | undefined>;
  /** The active one first. */
  openFiles(): readonly OpenFile[];
  /** What the workspace tells its assistants; '' where it says nothing or is not trusted. */
  instructions(): Promise<string>;
  /** The URI of a file of the workspace; undefined where there is none, or the path leads elsewhere. */
  findFile(path: string): Promise<string | undefined>;
  /** Asks the user for one of these. */
  pickFile(files: readonly OpenFile[]): Promise<OpenFile | undefined>;
  /**
   * Shows a change of a file beside it and writes it where the user agrees. Resolves with false where `change` finds no place for
   * it.
   * @param change from the file's text to the new one, with LF between lines. Called again where the file has changed meanwhile.
   */
  proposeChange(uri: string, change: (text: string) => string | undefined): Promise<boolean>;
  copy(text: string): Promise<void>;
  insertAtCursor(text: string): Promise<void>;
  newFile(text: string, languageId: string): Promise<void>;
  showMarkdown(text: string): Promise<void>;
  /** @param line counted from 1; 0 where none is meant. */
  openFile(uri: string, line: number): Promise<void>;
  /** Asks before it opens a web page; opens nothing else. */
  openLink(href: string): Promise<void>;
  /** Whether the user says yes to something that cannot be undone. */
  confirm(question: string, yes: string): Promise<boolean>;
  warn(message: string): void;
}
