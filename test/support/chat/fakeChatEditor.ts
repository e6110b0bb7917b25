import { Emitter } from '../../../src/base/emitter.ts';
import type { Attached } from '../../../src/core/chat/attached.ts';
import type { ChatEditor, OpenFile } from '../../../src/features/chat/chatEditor.ts';

/** A {@link ChatEditor} that writes down what it was told, and answers what the test has put into it. */
export class FakeChatEditor implements ChatEditor {
  private readonly _selected = new Emitter<void>();
  readonly onDidChangeSelection = this._selected.event;
  /** `copy: text`, in order. */
  readonly did: string[] = [];
  selected: Attached | undefined;
  open: OpenFile[] = [];
  rules = '';
  picked: OpenFile | undefined;
  saysYes = true;
  /** Texts of files by URI, which proposals are applied to. */
  readonly files = new Map<string, string>();

  select(attached: Attached | undefined): void {
    this.selected = attached;
    this._selected.fire();
  }

  async selection(): Promise<Attached | undefined> {
    return this.selected;
  }

  openFiles(): readonly OpenFile[] {
    return this.open;
  }

  async instructions(): Promise<string> {
    return this.rules;
  }

  async findFile(path: string): Promise<string | undefined> {
    return this.open.find((file) => file.path === path)?.uri;
  }

  async pickFile(files: readonly OpenFile[]): Promise<OpenFile | undefined> {
    this.did.push(`pick: ${files.map(({ path }) => path).join(' ')}`);
    return this.picked;
  }

  async proposeChange(uri: string, change: (text: string) => string | undefined): Promise<boolean> {
    const after = change(this.files.get(uri) ?? '');
    if (after !== undefined) this.files.set(uri, after);
    this.did.push(`propose: ${uri}`);
    return after !== undefined;
  }

  async copy(text: string): Promise<void> {
    this.did.push(`copy: ${text}`);
  }

  async insertAtCursor(text: string): Promise<void> {
    this.did.push(`insert: ${text}`);
  }

  async newFile(text: string, languageId: string): Promise<void> {
    this.did.push(`new ${languageId}: ${text}`);
  }

  async showMarkdown(text: string): Promise<void> {
    this.did.push(`markdown: ${text}`);
  }

  async openFile(uri: string, line: number): Promise<void> {
    this.did.push(`open: ${uri} ${line}`);
  }

  async openLink(href: string): Promise<void> {
    this.did.push(`link: ${href}`);
  }

  async confirm(question: string): Promise<boolean> {
    this.did.push(`confirm: ${question}`);
    return this.saysYes;
  }

  warn(message: string): void {
    this.did.push(`warn: ${message}`);
  }
}
