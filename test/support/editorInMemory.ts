import { Emitter } from '../../src/base/emitter.ts';
import type { TextEdit } from '../../src/core/refactor/textEdits.ts';
import { textEdits } from '../../src/core/refactor/textEdits.ts';
import type { RefactorEditor, UndoStops } from '../../src/features/refactor/refactorEditor.ts';
import { DocumentInMemory } from './documentInMemory.ts';

/** An editor that takes a turn of the event loop for each edit, refuses those of an older version, and can undo. */
export class EditorInMemory extends DocumentInMemory implements RefactorEditor {
  private readonly _closed = new Emitter<void>();
  private readonly _undo: string[] = [];
  private _isOpen = false;
  readonly onDidClose = this._closed.event;
  private readonly _before: string;
  isReadOnly = false;
  /** Whether another editor is the active one. */
  isBeside = false;

  constructor(...args: ConstructorParameters<typeof DocumentInMemory>) {
    super(...args);
    this._before = this.text;
  }

  async apply(edits: readonly TextEdit[], stops: UndoStops): Promise<boolean> {
    const { version } = this;
    await turn();
    if (this.isReadOnly) return true;
    if (version !== this.version) return false;
    if (stops.before || !this._isOpen) this._undo.push(this.text);
    this._isOpen = !stops.after;
    this.edit(edits);
    await turn();
    return true;
  }

  async undoAll(): Promise<boolean> {
    if (this.isBeside) return false;
    this.undo();
    return this.text === this._before;
  }

  /** As somebody who types: a step of its own. */
  override type(find: string, replacement: string): void {
    this._undo.push(this.text);
    this._isOpen = false;
    super.type(find, replacement);
  }

  get undoSteps(): number {
    return this._undo.length;
  }

  undo(): void {
    const text = this._undo.pop();
    if (text === undefined) return;
    this._isOpen = false;
    const [now, then] = [this.lines(0, this.lineCount), text.split(this.eol)];
    let start = 0;
    while (start < Math.min(now.length, then.length) && now[start] === then[start]) start++;
    let same = 0;
    while (same < Math.min(now.length, then.length) - start && now.at(-1 - same) === then.at(-1 - same))
      same++;
    const edit = { start, end: now.length - same, lines: then.slice(start, then.length - same) };
    this.edit(textEdits([edit], this));
  }

  close(): void {
    this._closed.fire();
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
